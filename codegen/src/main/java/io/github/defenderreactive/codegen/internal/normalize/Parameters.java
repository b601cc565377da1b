package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes parameters texts where a text can be sent: a parameter of any type, one of several types, and one with a media
 * type instead of a schema. An object in the style {@code deepObject} is one parameter for each member.
 */
final class Parameters implements Stage {

    @Override
    public void apply(Draft draft) {
        for (Map.Entry<String, JsonNode> entry :
                draft.root().path("components").path("parameters").properties()) {
            if (entry.getValue() instanceof ObjectNode parameter) {
                text(
                        parameter,
                        Pointer.ROOT.child("components").child("parameters").child(entry.getKey()),
                        draft);
            }
        }
        for (Draft.Operation operation : draft.operations()) {
            all(operation.item(), Pointer.ROOT.child("paths").child(operation.path()), draft);
            all(operation.node(), operation.place(), draft);
        }
    }

    private static void all(ObjectNode owner, Pointer place, Draft draft) {
        if (!(owner.path("parameters") instanceof ArrayNode list)) {
            return;
        }
        ArrayNode out = owner.arrayNode();
        Map<Pointer, Pointer> moved = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            Pointer at = place.child("parameters").child(i);
            JsonNode parameter = draft.shared(list.path(i));
            JsonNode schema = draft.followed(parameter.path("schema"));
            if (parameter.path("style").asText().equals("deepObject") && isFlat(schema, draft)) {
                for (var member : schema.path("properties").properties()) {
                    moved.put(place.child("parameters").child(out.size()), at);
                    out.add(member(parameter, schema, member.getKey(), member.getValue(), draft));
                }
                continue;
            }
            if (list.path(i) instanceof ObjectNode own && !own.has("$ref")) {
                text(own, at, draft);
            }
            moved.put(place.child("parameters").child(out.size()), at);
            out.add(list.path(i));
        }
        if (!out.equals(list)) {
            owner.set("parameters", out);
            draft.places().moved(moved);
        }
    }

    private static boolean isFlat(JsonNode schema, Draft draft) {
        if (!Shape.isObject(schema)) {
            return false;
        }
        for (JsonNode member : schema.path("properties")) {
            JsonNode target = draft.followed(member);
            if (Shape.isType(target, "array") || Shape.isType(target, "object") || Shape.isUnion(target)) {
                return false;
            }
        }
        return true;
    }

    private static ObjectNode member(JsonNode parameter, JsonNode schema, String name, JsonNode member, Draft draft) {
        ObjectNode out = Shape.nothing();
        out.put("name", parameter.path("name").asText() + "[" + name + "]").put("in", "query");
        boolean required = parameter.path("required").asBoolean()
                && Shape.list(schema.path("required")).stream()
                        .anyMatch(one -> one.asText().equals(name));
        out.put("required", required);
        String description = member.path("description").asText();
        out.put(
                "description",
                description.isEmpty() ? parameter.path("description").asText() : description);
        out.set("schema", draft.followed(member).path(Shape.ANY).asBoolean() ? text() : member.deepCopy());
        return out;
    }

    private static void text(ObjectNode parameter, Pointer place, Draft draft) {
        if (!parameter.has("schema") && parameter.path("content").size() == 1) {
            parameter.remove("content");
            parameter.set("schema", text());
            draft.note(place, "the parameter has a media type, so it is the text in that media type.");
        }
        JsonNode schema = parameter.path("schema");
        if (draft.followed(schema).path(Shape.ANY).asBoolean()) {
            parameter.set("schema", text());
        } else if (schema.path("items") instanceof ObjectNode items
                && draft.followed(items).path(Shape.ANY).asBoolean()
                && schema instanceof ObjectNode list) {
            list.set("items", text());
        }
    }

    private static ObjectNode text() {
        return Shape.nothing().put("type", "string");
    }
}
