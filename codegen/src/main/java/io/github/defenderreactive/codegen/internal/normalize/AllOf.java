package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges {@code allOf}. One reference with annotations beside it is that reference. Several parts are one object with
 * the members and the required members of all; a part that restricts a member of another part wins.
 */
final class AllOf implements Stage {

    /** A part of {@code allOf}, with its place. */
    private record Part(ObjectNode schema, Pointer place) {}

    @Override
    public void apply(Draft draft) {
        draft.named().forEach(slot -> parents(slot, draft));
        Run run = new Run(draft);
        for (Slot slot : draft.named()) {
            run.named(slot.key());
        }
        draft.visit(slot -> {
            if (!slot.isComponent()) {
                run.merge(slot);
            }
        });
    }

    private static void parents(Slot slot, Draft draft) {
        Set<String> names = new LinkedHashSet<>();
        Shape.list(slot.schema().path("allOf")).forEach(part -> {
            String name = Shape.referenced(part);
            if (name != null) {
                names.add(name);
            }
        });
        if (!names.isEmpty()) {
            draft.parents().put(slot.key(), names);
        }
    }

    /** One pass over a description. A named schema is merged before the schemas that extend it. */
    private static final class Run {

        private final Draft draft;
        private final Set<String> done = new LinkedHashSet<>();
        private final Set<String> path = new LinkedHashSet<>();

        Run(Draft draft) {
            this.draft = draft;
        }

        void named(String name) {
            if (done.contains(name) || !(draft.schemas().get(name) instanceof ObjectNode)) {
                return;
            }
            if (!path.add(name)) {
                throw new DescriptionException(
                        Shape.place(name),
                        "allOf leads back to the schema itself: " + String.join(" > ", path) + " > " + name
                                + "; remove it from one of them");
            }
            try {
                merge(new Slot(draft.schemas(), name, Shape.place(name)));
            } catch (DescriptionException e) {
                // The others are merged too, so that all findings are reported at once.
                draft.find(e);
            } finally {
                path.remove(name);
                done.add(name);
            }
        }

        void merge(Slot slot) {
            try {
                slot.set(merged(slot.schema(), slot.place(), isCase(slot)));
            } catch (DescriptionException e) {
                draft.find(e);
            }
        }

        /** Returns whether a schema needs members of its own, because a discriminator of its base selects it. */
        private boolean isCase(Slot slot) {
            return slot.isComponent() && isCase(slot.key(), new LinkedHashSet<>());
        }

        private boolean isCase(String name, Set<String> seen) {
            return seen.add(name)
                    && draft.parents().getOrDefault(name, Set.of()).stream()
                            .anyMatch(parent ->
                                    draft.schemas().path(parent).has("discriminator") || isCase(parent, seen));
        }

        private ObjectNode merged(ObjectNode schema, Pointer place, boolean whole) {
            boolean extended = schema.has("$ref")
                    && (schema.has("properties") || schema.has("allOf") || Shape.choiceKey(schema) != null);
            boolean mixed = schema.has("properties")
                    && Shape.choiceKey(schema) != null
                    && !schema.path("discriminator").has("propertyName");
            if (!(schema.path("allOf") instanceof ArrayNode) && !extended && !mixed) {
                return schema;
            }
            List<Part> parts = new ArrayList<>();
            ObjectNode own = schema.deepCopy();
            if (extended) {
                parts.add(new Part(Shape.nothing().set("$ref", own.remove("$ref")), place));
            }
            List<JsonNode> listed = Shape.list(own.path("allOf"));
            for (int i = 0; i < listed.size(); i++) {
                if (listed.get(i) instanceof ObjectNode part) {
                    parts.add(new Part(part, place.child("allOf").child(i)));
                }
            }
            own.remove("allOf");
            if (isObjectOnly(own) && parts.stream().anyMatch(part -> !Shape.isAnnotationsOnly(part.schema()))) {
                // The type of the parts says the same.
                own.remove("type");
            }
            parts.add(new Part(own, place));
            List<Part> effective = parts.stream()
                    .filter(part -> !Shape.isAnnotationsOnly(part.schema()) && !isRequiredOnly(part.schema()))
                    .toList();
            boolean requires = parts.stream().anyMatch(part -> part.schema().has("required"));
            if (effective.size() == 1 && !whole && !requires && !mixed) {
                return wrapper(effective.get(0), parts, place);
            }
            Merge merge = new Merge(place);
            for (Part part : parts) {
                merge.add(part);
            }
            return merge.result();
        }

        private static boolean isObjectOnly(ObjectNode schema) {
            return Shape.isType(schema, "object") && !schema.has("properties") && !schema.has("additionalProperties");
        }

        private static boolean isRequiredOnly(ObjectNode schema) {
            for (var entry : schema.properties()) {
                if (!Shape.isAnnotation(entry.getKey())
                        && !Set.of("required", "type").contains(entry.getKey())) {
                    return false;
                }
            }
            return schema.has("required");
        }

        /** Returns the only part that says something, with the annotations of all. */
        private ObjectNode wrapper(Part only, List<Part> parts, Pointer place) {
            ObjectNode out = Shape.nothing();
            only.schema().properties().forEach(entry -> {
                out.set(entry.getKey(), entry.getValue());
                draft.places().moved(only.place().child(entry.getKey()), place.child(entry.getKey()));
            });
            for (Part part : parts) {
                part.schema().properties().forEach(entry -> {
                    if (Shape.isAnnotation(entry.getKey())) {
                        out.set(entry.getKey(), entry.getValue());
                    }
                });
            }
            return merged(out, place, false);
        }

        /** Members of several schemas. */
        private final class Merge {

            private final Pointer place;
            private final ObjectNode out = Shape.nothing();
            private final Map<String, JsonNode> properties = new LinkedHashMap<>();
            private final Set<String> required = new LinkedHashSet<>();
            private String type = "";

            Merge(Pointer place) {
                this.place = place;
            }

            void add(Part part) {
                String name = Shape.referenced(part.schema());
                if (name != null) {
                    target(name, part);
                } else if (part.schema().has("allOf")) {
                    add(merged(part.schema(), part.place(), true), part.place(), true);
                } else {
                    add(part.schema(), part.place(), true);
                }
            }

            private void target(String name, Part part) {
                named(name);
                ObjectNode target = draft.named(name);
                if (target == null) {
                    throw new DescriptionException(
                            part.place(),
                            "unresolved reference " + part.schema().path("$ref").asText()
                                    + "; correct the name, or add the schema");
                }
                String last = name;
                for (String next = name;
                        next != null;
                        next = Shape.referenced(draft.schemas().path(next))) {
                    last = next;
                }
                add(target, Shape.place(last), false);
            }

            private void add(ObjectNode schema, Pointer from, boolean inline) {
                type(schema, from);
                schema.path("properties").properties().forEach(entry -> {
                    Pointer at = from.child("properties").child(entry.getKey());
                    Pointer to = place.child("properties").child(entry.getKey());
                    JsonNode known = properties.get(entry.getKey());
                    if (known == null) {
                        properties.put(entry.getKey(), entry.getValue().deepCopy());
                        draft.places().moved(at, to);
                    } else if (!known.equals(entry.getValue())) {
                        properties.put(entry.getKey(), both(entry.getKey(), known, entry.getValue(), at, to));
                    }
                });
                Shape.list(schema.path("required")).forEach(name -> required.add(name.asText()));
                if (inline || !isExtendedByChoices(schema, from)) {
                    choices(schema, from);
                }
                schema.properties().forEach(entry -> {
                    String key = entry.getKey();
                    boolean taken = Set.of("properties", "required", "type", "oneOf", "anyOf")
                            .contains(key);
                    // What describes a named schema, and what selects its cases, is not about those that extend it.
                    boolean mine = inline || !Shape.isAnnotation(key) && !key.equals("discriminator");
                    if (!taken && mine) {
                        out.set(key, entry.getValue().deepCopy());
                    }
                });
            }

            /** A base may list the schemas that extend it, whose members are not those of the base. */
            private boolean isExtendedByChoices(ObjectNode schema, Pointer from) {
                String base = from.segments().get(2);
                return Shape.choices(schema).stream()
                        .anyMatch(choice -> draft.parents()
                                .getOrDefault(String.valueOf(Shape.referenced(choice)), Set.of())
                                .contains(base));
            }

            private void type(ObjectNode schema, Pointer from) {
                Set<String> types = Shape.types(schema);
                String one = schema.has("properties")
                        ? "object"
                        : types.size() == 1 ? types.iterator().next() : "";
                if (one.isEmpty()) {
                    return;
                }
                if (!type.isEmpty() && !type.equals(one) && !Set.of(type, one).equals(Set.of("integer", "number"))) {
                    throw new DescriptionException(
                            from,
                            "allOf joins the types " + type + " and " + one
                                    + ", and no value has both; remove one of them, or use oneOf");
                }
                type = type.equals("integer") ? type : one;
            }

            /** The later one restricts the earlier one, if both are of one kind. */
            private JsonNode both(String name, JsonNode earlier, JsonNode later, Pointer at, Pointer to) {
                if (Shape.isAnnotationsOnly(later)) {
                    return ((ObjectNode) earlier.deepCopy()).setAll((ObjectNode) later.deepCopy());
                }
                if (!Shape.isAnnotationsOnly(earlier)) {
                    Set<String> one = kinds(earlier);
                    Set<String> other = kinds(later);
                    if (!one.isEmpty() && !other.isEmpty() && !one.equals(other)) {
                        throw new DescriptionException(
                                at,
                                "allOf joins two members " + name + ", of the types " + String.join(" or ", one)
                                        + " and " + String.join(" or ", other)
                                        + ", and no value has both; remove one of them, or give both the same type");
                    }
                    if (later.has("properties") && earlier.has("properties")) {
                        ObjectNode together = Shape.nothing();
                        together.putArray("allOf").add(earlier.deepCopy()).add(later.deepCopy());
                        return merged(together, to, true);
                    }
                }
                ObjectNode joined = later.deepCopy();
                if (!joined.has("description") && earlier.has("description")) {
                    joined.set("description", earlier.get("description"));
                }
                draft.places().moved(at, to);
                return joined;
            }

            private Set<String> kinds(JsonNode schema) {
                JsonNode target = draft.followed(schema);
                return target.has("properties") ? Set.of("object") : Shape.types(target);
            }

            /** Members of choices are members that may be absent. */
            private void choices(ObjectNode schema, Pointer from) {
                String key = Shape.choiceKey(schema);
                if (key == null) {
                    return;
                }
                boolean lost = false;
                List<JsonNode> choices = Shape.list(schema.path(key));
                for (int i = 0; i < choices.size(); i++) {
                    ObjectNode choice = choice(choices.get(i), from.child(key).child(i));
                    if (choice == null) {
                        lost = true;
                        continue;
                    }
                    int index = i;
                    for (var entry : choice.path("properties").properties()) {
                        Pointer at =
                                from.child(key).child(index).child("properties").child(entry.getKey());
                        JsonNode known = properties.get(entry.getKey());
                        if (known == null) {
                            properties.put(entry.getKey(), entry.getValue().deepCopy());
                            draft.places().moved(at, place.child("properties").child(entry.getKey()));
                        } else if (!known.equals(entry.getValue())
                                && !Shape.isAnnotationsOnly(entry.getValue())
                                && !kinds(known).equals(kinds(entry.getValue()))) {
                            properties.put(entry.getKey(), Shape.free((ObjectNode) known));
                        }
                    }
                }
                draft.note(
                        from.child(key),
                        lost
                                ? "choices that are not objects are left out; they are read as unknown members."
                                : "the choices are one class with the members of all, each of which may be absent;"
                                        + " that one of the choices applies is not checked.");
            }

            private @Nullable ObjectNode choice(JsonNode choice, Pointer at) {
                String name = Shape.referenced(choice);
                if (name != null) {
                    named(name);
                }
                JsonNode target = draft.followed(choice);
                if (!(target instanceof ObjectNode object)) {
                    return null;
                }
                ObjectNode merged = name == null ? merged(object, at, true) : object;
                boolean members = merged.has("properties") || merged.has("required") || Shape.isType(merged, "object");
                return members && !Shape.isUnion(merged) ? merged : null;
            }

            ObjectNode result() {
                if (!type.isEmpty()) {
                    out.put("type", type);
                }
                if (!properties.isEmpty() || type.equals("object")) {
                    ObjectNode members = out.putObject("properties");
                    properties.forEach(members::set);
                    List<String> known =
                            required.stream().filter(properties::containsKey).toList();
                    if (!known.isEmpty()) {
                        ArrayNode names = out.putArray("required");
                        known.forEach(names::add);
                    }
                }
                return out;
            }
        }
    }
}
