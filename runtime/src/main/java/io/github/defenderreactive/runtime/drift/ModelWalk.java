package io.github.defenderreactive.runtime.drift;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.OpenEnum;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.value.OpenNumber;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A walk over a model and those in it, which reports what is unknown, and the members that are present. */
final class ModelWalk {

    /** A name that may be data. */
    private static final String OTHER_NAME = "?";

    private static final Pattern IDENTIFIER =
            Pattern.compile("[A-Za-z_$][A-Za-z0-9_]{0,63}|[A-Za-z]+(-[A-Za-z]+){1,8}");

    /** The maximum number of names by class. An object with more of them is probably keyed by data. */
    private static final int MOST_NAMES = 200;

    /** Receives what a walk finds. */
    interface Findings {

        /** Something that the description does not contain. */
        void found(DriftKey key, DriftCount.Sample sample);

        /**
         * An object.
         *
         * @param key the place of the object
         * @param type its type
         * @param present for each accessor of the type, whether the object has a value
         */
        void object(DriftKey key, ModelType type, boolean[] present);
    }

    private final Findings found;

    /** By class. There are as many as in the client. */
    private final Map<Class<?>, Optional<ModelType>> types = new ConcurrentHashMap<>();

    /** By class and name of an irregular or unknown member: whether the schema contains it. */
    private final Map<Class<?>, Map<String, Boolean>> declared = new ConcurrentHashMap<>();

    ModelWalk(Findings found) {
        this.found = found;
    }

    void item(OperationInfo operation, JsonEncodable item) {
        visit(operation, "", item);
    }

    private void visit(OperationInfo operation, String path, @Nullable Object value) {
        if (value instanceof Iterable<?> elements) {
            String inside = path + "[]";
            elements.forEach(element -> visit(operation, inside, element));
        } else if (value instanceof Map<?, ?> members) {
            String inside = path + "{}";
            members.values().forEach(member -> visit(operation, inside, member));
        } else if (value instanceof OpenEnum text) {
            if (!text.isKnown()) {
                value(operation, path, value, text.value());
            }
        } else if (value instanceof OpenNumber number) {
            if (!number.isKnown()) {
                value(operation, path, value, null);
            }
        } else if (value instanceof JsonEncodable && !(value instanceof JsonValue)) {
            types.computeIfAbsent(value.getClass(), type -> Optional.ofNullable(ModelType.of(type)))
                    .ifPresent(type -> model(operation, path, type, value));
        }
    }

    private void value(OperationInfo operation, String path, Object value, @Nullable String text) {
        String member = path.substring(path.lastIndexOf('.') + 1).replaceAll("[\\[\\]{}]", "");
        found.found(
                key(operation, DriftEntry.Kind.UNKNOWN_VALUE, value.getClass().getSimpleName(), path, member),
                new DriftCount.Sample(null, text));
    }

    private void model(OperationInfo operation, String path, ModelType type, Object model) {
        if (type.unknownCase()) {
            found.found(
                    key(operation, DriftEntry.Kind.UNKNOWN_CASE, type.schema(), path, OTHER_NAME),
                    new DriftCount.Sample(null, null));
            return;
        }
        type.unknownMembers(model).forEach((name, value) -> {
            if (name instanceof String member && value instanceof JsonValue json && !member.contains("@odata.")) {
                member(operation, path, type, model.getClass(), member, json);
            }
        });
        boolean[] present = new boolean[type.accessors().size()];
        for (int i = 0; i < present.length; i++) {
            Method accessor = type.accessors().get(i);
            Object value = ModelType.call(accessor, model);
            present[i] = value != null;
            visit(operation, below(path, accessor.getName()), value);
        }
        found.object(key(operation, DriftEntry.Kind.NEVER_RECEIVED, type.schema(), path, ""), type, present);
    }

    private void member(
            OperationInfo operation, String path, ModelType type, Class<?> owner, String member, JsonValue value) {
        Boolean known = IDENTIFIER.matcher(member).matches() ? isDeclared(type, owner, member) : null;
        String shown = known == null ? OTHER_NAME : member;
        found.found(
                key(
                        operation,
                        Boolean.TRUE.equals(known) ? DriftEntry.Kind.OTHER_TYPE : DriftEntry.Kind.UNKNOWN_MEMBER,
                        type.schema(),
                        below(path, shown),
                        shown),
                new DriftCount.Sample(value, null));
    }

    /** Returns whether the schema contains a member, or null if there are too many names. */
    private @Nullable Boolean isDeclared(ModelType type, Class<?> owner, String member) {
        Map<String, Boolean> names = declared.computeIfAbsent(owner, added -> new ConcurrentHashMap<>());
        Boolean known = names.get(member);
        if (known == null && names.size() < MOST_NAMES) {
            known = type.declares(member);
            names.put(member, known);
        }
        return known;
    }

    private static DriftKey key(
            OperationInfo operation, DriftEntry.Kind kind, String schema, String path, String member) {
        return new DriftKey(operation.api(), operation.id(), kind, schema, path, member);
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
