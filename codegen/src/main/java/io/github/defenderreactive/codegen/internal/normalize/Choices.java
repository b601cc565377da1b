package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each {@code oneOf} and {@code anyOf} one of three forms: a plain type, where all choices have it; a union with a
 * discriminator and a mapping; or a free value.
 */
final class Choices implements Stage {

    private static final String CHOICES = "x-defender-choices";

    @Override
    public void apply(Draft draft) {
        PlaceNames names = new PlaceNames(draft);
        draft.visit(slot -> {
            if (Shape.choiceKey(slot.schema()) != null) {
                choose(slot, names, draft);
            } else if (slot.schema().has("discriminator") && !slot.isComponent()) {
                slot.schema().remove("discriminator");
            }
        });
    }

    private static void choose(Slot slot, PlaceNames names, Draft draft) {
        ObjectNode schema = slot.schema();
        String key = String.valueOf(Shape.choiceKey(schema));
        List<JsonNode> choices = Shape.choices(schema);
        ObjectNode plain = plain(choices, draft);
        if (plain != null) {
            schema.properties().forEach(entry -> {
                if (Shape.isAnnotation(entry.getKey())) {
                    plain.set(entry.getKey(), entry.getValue());
                }
            });
            slot.set(plain);
        } else if (!union(slot, key, names, draft)) {
            if (!schema.path(Shape.ANY).asBoolean()) {
                draft.note(
                        slot.place(),
                        "the choices have no common type and no discriminator, so the value is " + slot.freeType()
                                + "; a discriminator with propertyName makes it a union.");
            }
            slot.set(free(schema));
        }
    }

    /** Returns a free value that knows the schemas of its choices, so that it can be read as one of them. */
    private static ObjectNode free(ObjectNode schema) {
        ObjectNode free = Shape.free(schema);
        for (JsonNode choice : Shape.choices(schema)) {
            String name = Shape.referenced(choice);
            if (name != null) {
                free.withArrayProperty(CHOICES).add(name);
            }
        }
        return free;
    }

    /** Returns the type that all choices have, or null. */
    private static @Nullable ObjectNode plain(List<JsonNode> choices, Draft draft) {
        Set<String> types = new LinkedHashSet<>();
        Set<JsonNode> enums = new LinkedHashSet<>();
        Set<String> formats = new LinkedHashSet<>();
        Set<String> constants = new LinkedHashSet<>();
        for (JsonNode choice : choices) {
            JsonNode target = draft.followed(choice);
            if (target.path("const").isTextual()) {
                constants.add(target.path("const").asText());
                types.add("string");
                continue;
            }
            if (target.has("properties")
                    || target.has("allOf")
                    || Shape.choiceKey(target) != null
                    || Shape.types(target).size() != 1) {
                return null;
            }
            types.addAll(Shape.types(target));
            formats.add(target.path("format").asText());
            if (target.has("enum")) {
                enums.add(choice.has("$ref") ? Shape.nothing().set("$ref", choice.get("$ref")) : target.deepCopy());
            }
        }
        if (types.equals(Set.of("integer", "number"))) {
            return Shape.nothing().put("type", "number");
        }
        if (types.size() != 1 || types.contains("object") || types.contains("array")) {
            return null;
        }
        if (constants.size() == choices.size()) {
            ObjectNode listed = Shape.nothing().put("type", "string");
            constants.forEach(listed.putArray("enum")::add);
            return listed;
        }
        if (enums.size() == 1) {
            return (ObjectNode) enums.iterator().next();
        }
        ObjectNode plain = Shape.nothing().put("type", types.iterator().next());
        if (formats.size() == 1 && !formats.contains("")) {
            plain.put("format", formats.iterator().next());
        }
        return plain;
    }

    /** Makes the choices a union, if a member selects one of them. */
    private static boolean union(Slot slot, String key, PlaceNames names, Draft draft) {
        ObjectNode schema = slot.schema();
        String property = schema.path("discriminator").path("propertyName").asText("");
        if (property.isEmpty()) {
            property = inferred(schema, draft);
            if (property == null) {
                return false;
            }
            draft.note(slot.place(), "each choice has a constant " + property + ", so this member selects the case.");
        }
        if (!schema.path("discriminator").path("mapping").isMissingNode()
                && key.equals("oneOf")
                && areObjects(schema, draft)) {
            // Already as the dialect wants it, but for a case without the member.
            for (JsonNode choice : Shape.choices(schema)) {
                BaseUnions.hasDiscriminator(String.valueOf(Shape.referenced(choice)), property, draft);
            }
            return complete(schema, property, draft);
        }
        ArrayNode choices = (ArrayNode) schema.get(key);
        for (JsonNode choice : choices) {
            if (!(draft.followed(choice) instanceof ObjectNode target)
                    || !(target.has("properties") || Shape.isType(target, "object"))
                    || Shape.choiceKey(target) != null) {
                return false;
            }
        }
        for (int i = 0; i < choices.size(); i++) {
            name(new Slot(choices, Integer.toString(i), slot.place().child(key).child(i)), names, draft);
        }
        for (JsonNode choice : choices) {
            BaseUnions.hasDiscriminator(String.valueOf(Shape.referenced(choice)), property, draft);
        }
        schema.remove(key);
        schema.set("oneOf", choices);
        schema.withObjectProperty("discriminator").put("propertyName", property);
        return complete(schema, property, draft);
    }

    private static boolean areObjects(ObjectNode schema, Draft draft) {
        return Shape.choices(schema).stream()
                .allMatch(choice -> Shape.referenced(choice) != null
                        && draft.followed(choice).has("properties"));
    }

    /** Adds the cases that the mapping does not have. */
    private static boolean complete(ObjectNode schema, String property, Draft draft) {
        ObjectNode mapping = schema.withObjectProperty("discriminator").withObjectProperty("mapping");
        Set<String> mapped = new LinkedHashSet<>();
        mapping.forEach(target -> {
            String name = Shape.named(target.asText());
            mapped.add(name == null ? target.asText() : name);
        });
        Map<String, String> others = new LinkedHashMap<>();
        for (JsonNode choice : Shape.choices(schema)) {
            String name = Shape.referenced(choice);
            if (name != null && !mapped.contains(name)) {
                String constant =
                        constant(draft.followed(choice).path("properties").path(property), draft);
                others.put(constant == null ? name : constant, name);
            }
        }
        others.forEach((value, name) -> {
            if (!mapping.has(value)) {
                mapping.put(value, Shape.reference(name));
            }
        });
        return true;
    }

    /** Returns the member that has another constant in each choice, or null. */
    private static @Nullable String inferred(ObjectNode schema, Draft draft) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        List<JsonNode> choices = Shape.choices(schema);
        for (JsonNode choice : choices) {
            JsonNode target = draft.followed(choice);
            if (!Shape.isObject(target)) {
                return null;
            }
            target.path("properties").properties().forEach(entry -> {
                String constant = constant(entry.getValue(), draft);
                if (constant != null) {
                    values.computeIfAbsent(entry.getKey(), name -> new LinkedHashSet<>())
                            .add(constant);
                }
            });
        }
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().size() == choices.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String constant(JsonNode schema, Draft draft) {
        JsonNode target = draft.followed(schema);
        if (target.path("const").isTextual()) {
            return target.path("const").asText();
        }
        return target.path("enum").size() == 1 && target.path("enum").path(0).isTextual()
                ? target.path("enum").path(0).asText()
                : null;
    }

    private static void name(Slot slot, PlaceNames names, Draft draft) {
        if (slot.schema().has("$ref")) {
            return;
        }
        ObjectNode schema = slot.schema();
        String given = schema.path(Shape.NAME).asText("");
        Pointer at = slot.place();
        String name = given.isEmpty() ? names.take(at) : names.free(given);
        slot.set(Shape.referring(name));
        draft.places().moved(at, Shape.place(name));
        draft.schemas().set(name, schema);
    }
}
