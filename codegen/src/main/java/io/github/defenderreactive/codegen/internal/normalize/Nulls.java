package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes null away in all its forms, because each member of a generated class may be null: {@code nullable}, a choice
 * that is null, null among the values of an enumeration, and Microsoft Graph's choice of an object that is nullable. A
 * choice that is left alone replaces the choices.
 */
final class Nulls implements Stage {

    @Override
    public void apply(Draft draft) {
        draft.visit(slot -> {
            ObjectNode schema = slot.schema();
            schema.remove("nullable");
            if (schema.path("enum") instanceof ArrayNode values) {
                for (int i = values.size() - 1; i >= 0; i--) {
                    if (values.path(i).isNull()) {
                        values.remove(i);
                    }
                }
            }
        });
    }

    /** Runs before {@code nullable} is gone, because it says which choices are null. */
    static final class Choices implements Stage {

        @Override
        public void apply(Draft draft) {
            draft.visit(slot -> {
                for (String key : List.of("oneOf", "anyOf")) {
                    if (slot.schema().path(key) instanceof ArrayNode choices && choices.size() > 0) {
                        choices(slot, key, choices, draft);
                    }
                }
            });
        }

        private static void choices(Slot slot, String key, ArrayNode choices, Draft draft) {
            List<JsonNode> others = new ArrayList<>();
            List<Integer> indexes = new ArrayList<>();
            for (int i = 0; i < choices.size(); i++) {
                if (!isNull(choices.path(i), choices.size() > 1)) {
                    others.add(choices.path(i));
                    indexes.add(i);
                }
            }
            ObjectNode schema = slot.schema();
            if (others.size() == 1 && others.get(0) instanceof ObjectNode choice && mayReplace(schema, key)) {
                Pointer from = slot.place().child(key).child(indexes.get(0));
                ObjectNode out = Shape.nothing();
                choice.properties().forEach(entry -> {
                    out.set(entry.getKey(), entry.getValue());
                    draft.places()
                            .moved(from.child(entry.getKey()), slot.place().child(entry.getKey()));
                });
                schema.properties().forEach(entry -> {
                    if (Shape.isAnnotation(entry.getKey()) && !entry.getKey().equals("nullable")) {
                        out.set(entry.getKey(), entry.getValue());
                    }
                });
                slot.set(out);
            } else if (!others.isEmpty() && others.size() < choices.size()) {
                choices.removeAll();
                choices.addAll(others);
                Map<Pointer, Pointer> moved = new HashMap<>();
                for (int i = 0; i < others.size(); i++) {
                    Pointer at = slot.place().child(key);
                    moved.put(at.child(i), at.child(indexes.get(i)));
                }
                draft.places().moved(moved);
            }
        }

        /** Returns whether a schema says nothing besides its choices that one of them could not say. */
        private static boolean mayReplace(ObjectNode schema, String key) {
            for (var entry : schema.properties()) {
                String other = entry.getKey();
                if (!other.equals(key) && !other.equals("type") && !Shape.isAnnotation(other)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isNull(JsonNode choice, boolean others) {
            JsonNode type = choice.path("type");
            if (type.asText("").equals("null")
                    || type.isArray()
                            && type.size() == 1
                            && type.path(0).asText().equals("null")
                    || choice.has("const") && choice.path("const").isNull()
                    || choice.path("enum").size() == 1
                            && choice.path("enum").path(0).isNull()) {
                return true;
            }
            boolean untyped = type.isMissingNode() || type.asText("").equals("object");
            return others
                    && untyped
                    && choice.path("nullable").asBoolean()
                    && !choice.has("$ref")
                    && !choice.has("properties")
                    && !choice.has("additionalProperties")
                    && Shape.choices(choice).isEmpty()
                    && !choice.has("allOf");
        }
    }
}
