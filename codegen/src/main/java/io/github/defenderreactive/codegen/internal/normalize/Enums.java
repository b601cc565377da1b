package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes each enumeration one of texts or of whole numbers, open because a client cannot know the values of later
 * versions, and each constant one of texts.
 */
final class Enums implements Stage {

    private static final String OPEN = "x-defender-open";
    private static final String NAMES = "x-defender-names";

    @Override
    public void apply(Draft draft) {
        draft.visit(slot -> {
            ObjectNode schema = slot.schema();
            constant(slot, schema, draft);
            if (schema.path("enum") instanceof ArrayNode values) {
                enumeration(slot, schema, values, draft);
            }
        });
    }

    private static void constant(Slot slot, ObjectNode schema, Draft draft) {
        if (schema.has("const") && !schema.path("const").isTextual()) {
            draft.note(
                    slot.place(),
                    "the constant " + schema.path("const") + " is not a text, so the value is not set by itself.");
            schema.remove("const");
        }
    }

    private static void enumeration(Slot slot, ObjectNode schema, ArrayNode values, Draft draft) {
        names(schema, values);
        boolean texts = Shape.isType(schema, "string");
        boolean numbers = Shape.isType(schema, "integer");
        Set<JsonNode> kept = new LinkedHashSet<>();
        boolean fits = texts || numbers;
        for (JsonNode value : values) {
            if (texts && value.isValueNode()) {
                kept.add(value.isTextual() ? value : schema.textNode(value.asText()));
            } else if (numbers && value.isIntegralNumber()) {
                kept.add(value);
            } else {
                fits = false;
            }
        }
        if (values.isEmpty() || !fits) {
            schema.remove("enum");
            schema.remove(OPEN);
            schema.remove(NAMES);
            draft.note(
                    slot.place().child("enum"),
                    values.isEmpty()
                            ? "the enumeration is empty, so any value is accepted."
                            : "only enumerations of texts and of whole numbers are generated, so any value of the type"
                                    + " is accepted.");
            return;
        }
        if (!List.copyOf(kept).equals(Shape.list(values))) {
            values.removeAll();
            values.addAll(kept);
        }
        if (!schema.has(OPEN)) {
            schema.put(OPEN, true);
        }
    }

    /** Reads the names that other generators take. */
    private static void names(ObjectNode schema, ArrayNode values) {
        for (String key : List.of("x-enum-varnames", "x-enumNames")) {
            List<JsonNode> names = Shape.list(schema.path(key));
            boolean valid = names.size() == values.size()
                    && Set.copyOf(names.stream().map(JsonNode::asText).toList()).size() == names.size()
                    && names.stream().allMatch(name -> name.asText().matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"));
            if (valid && !schema.has(NAMES)) {
                ObjectNode byValue = schema.putObject(NAMES);
                for (int i = 0; i < names.size(); i++) {
                    byValue.set(values.path(i).asText(), names.get(i));
                }
            }
        }
    }
}
