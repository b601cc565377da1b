package io.github.defenderreactive.runtime.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an entity, unless an error stands in its place. See {@link JsonDecoder#unlessError}. */
final class UnlessError<T extends @Nullable Object> implements JsonDecoder<T> {

    /** Members that go with an error are short; others only need to be known by name. */
    private static final int LARGEST_KEPT = 64 << 10;

    private final JsonDecoder<T> entity;
    private final boolean anywhere;

    /**
     * A decoder.
     *
     * @param anywhere whether the error may stand behind other members, which costs a look at all of them
     */
    UnlessError(JsonDecoder<T> entity, boolean anywhere) {
        this.entity = entity;
        this.anywhere = anywhere;
    }

    @Override
    public T read(JsonReader in) {
        return isSuspect(in) ? readSuspect(in) : entity.read(in);
    }

    private boolean isSuspect(JsonReader in) {
        return in.beginsWith(ReportedError::isName) || anywhere && in.hasMember(ReportedError::isName);
    }

    private T readSuspect(JsonReader in) {
        int start = in.position();
        in.mark();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        boolean whole = readMembers(in, members);
        ReportedErrorException report = ReportedError.exception(in, members);
        in.rewind(start);
        boolean alone = members.keySet().stream().allMatch(ReportedError::isOfAnError);
        boolean told = ReportedError.isTold(members);
        if (alone ? told || ReportedError.isObject(members) : told && !(whole && isEntity(in, members))) {
            throw report;
        }
        in.rewind(start);
        return entity.read(in);
    }

    /** Reads as far as the document is JSON, because one that breaks off behind an error tells the error all the same. */
    private static boolean readMembers(JsonReader in, Map<String, JsonValue> into) {
        try {
            in.beginObject();
            while (in.nextMember()) {
                String name = in.name();
                JsonValue value = ReportedError.isName(name) ? in.readValue() : in.readValueOf(LARGEST_KEPT);
                into.put(name, value == null ? JsonValue.nullValue() : value);
            }
            return true;
        } catch (JsonException broken) {
            return false;
        }
    }

    /**
     * Whether the entity is known to have one of these members. Lists and objects alone are no entity but a frame around
     * others, such as the rows of a query, and an error beside them says that they are not whole. True when the decoder
     * does not tell what it knows.
     */
    private boolean isEntity(JsonReader in, Map<String, JsonValue> members) {
        try {
            entity.read(in);
        } catch (RuntimeException unreadable) {
            return false;
        }
        JsonNames known = in.namesWithin();
        return known == null
                || members.entrySet().stream()
                        .anyMatch(member -> known.contains(member.getKey())
                                && (ReportedError.isName(member.getKey()) || isScalar(member.getValue())));
    }

    private static boolean isScalar(JsonValue value) {
        return switch (value.kind()) {
            case STRING, NUMBER, BOOLEAN -> true;
            default -> false;
        };
    }
}
