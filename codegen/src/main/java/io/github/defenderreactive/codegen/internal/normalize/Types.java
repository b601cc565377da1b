package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each schema one type. Where the type is missing, other keywords say it; where they do not, and where there are
 * several types, the value is free.
 */
final class Types implements Stage {

    private static final Set<String> TEXTS =
            Set.of("date-time", "date", "time", "duration", "uuid", "uri", "email", "byte", "binary", "password");

    /** The type that a keyword is for. */
    private static final Map<String, String> KEYWORDS = Map.of(
            "properties", "object",
            "additionalProperties", "object",
            "items", "array",
            "minLength", "string",
            "maxLength", "string",
            "pattern", "string",
            "minimum", "number",
            "maximum", "number");

    @Override
    public void apply(Draft draft) {
        draft.visit(slot -> {
            ObjectNode schema = slot.schema();
            unreadable(slot, schema, draft);
            if (!schema.has("$ref") && !schema.path(Shape.ANY).asBoolean() && Shape.choiceKey(schema) == null) {
                type(slot, schema, draft);
            }
        });
    }

    /** Readers compare names with the bytes on the wire, so a member whose name needs an escape stays an unknown one. */
    private static void unreadable(Slot slot, ObjectNode schema, Draft draft) {
        if (!(schema.path("properties") instanceof ObjectNode properties)) {
            return;
        }
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
                properties.remove(name);
                draft.note(
                        slot.place().child("properties").child(name),
                        "the name needs an escape in JSON, so the member is read as an unknown one.");
                if (schema.path("required") instanceof ArrayNode required) {
                    for (int i = required.size() - 1; i >= 0; i--) {
                        if (required.path(i).asText().equals(name)) {
                            required.remove(i);
                        }
                    }
                }
            }
        }
    }

    private static void type(Slot slot, ObjectNode schema, Draft draft) {
        Set<String> types = Shape.types(schema);
        if (types.equals(Set.of("integer", "number"))) {
            schema.put("type", "number");
        } else if (types.size() > 1) {
            draft.note(
                    slot.place(),
                    "the value has the types " + String.join(", ", types) + ", so it is " + slot.freeType()
                            + "; one type makes it a type of Java.");
            slot.set(Shape.free(schema));
            return;
        } else if (types.isEmpty() && !schema.has("type")) {
            String type = implied(schema);
            if (type.isEmpty()) {
                draft.note(slot.place(), "the schema has no type, so the value is " + slot.freeType() + ".");
                slot.set(Shape.free(schema));
                return;
            }
            schema.put("type", type);
        }
        if (Shape.isType(schema, "number")
                && Set.of("int32", "int64").contains(schema.path("format").asText())) {
            schema.put("type", "integer");
        }
        if (Shape.isType(schema, "array") && !(schema.path("items") instanceof ObjectNode)) {
            if (schema.has("prefixItems")) {
                draft.note(slot.place(), "prefixItems are ignored, so the elements are JsonValues.");
            }
            schema.putObject("items").put(Shape.ANY, true);
        }
    }

    private static String implied(ObjectNode schema) {
        for (String key : List.of("const", "enum")) {
            JsonNode value = key.equals("enum") ? schema.path(key).path(0) : schema.path(key);
            if (!value.isMissingNode()) {
                return value.isTextual()
                        ? "string"
                        : value.isIntegralNumber()
                                ? "integer"
                                : value.isNumber() ? "number" : value.isBoolean() ? "boolean" : "";
            }
        }
        for (String key : List.of(
                "properties",
                "additionalProperties",
                "items",
                "minLength",
                "maxLength",
                "pattern",
                "minimum",
                "maximum")) {
            if (schema.has(key)) {
                return KEYWORDS.getOrDefault(key, "");
            }
        }
        String format = schema.path("format").asText();
        return TEXTS.contains(format)
                ? "string"
                : Set.of("int32", "int64").contains(format)
                        ? "integer"
                        : Set.of("float", "double").contains(format) ? "number" : "";
    }
}
