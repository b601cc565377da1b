package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A place that holds a schema, which can be replaced.
 *
 * @param parent the object or list that contains the schema
 * @param key its key, or its index
 * @param place the place of the schema
 */
record Slot(JsonNode parent, String key, Pointer place) {

    JsonNode get() {
        return parent instanceof ArrayNode list ? list.path(Integer.parseInt(key)) : parent.path(key);
    }

    /** Returns the schema, or an empty object if there is another value, which no stage changes. */
    ObjectNode schema() {
        return get() instanceof ObjectNode schema ? schema : Shape.nothing();
    }

    boolean isSchema() {
        return get() instanceof ObjectNode;
    }

    void set(JsonNode schema) {
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(key), schema);
        } else if (parent instanceof ObjectNode object) {
            object.set(key, schema);
        }
    }

    /** Returns whether the schema is a named one. */
    boolean isComponent() {
        return place.segments().size() == 3 && place.segments().get(0).equals("components");
    }

    /** Returns in Java what a value without a type is. */
    String freeType() {
        return place.segments().contains("parameters") ? "a text" : "a JsonValue";
    }

    /** Returns the schemas inside of the schema. */
    List<Slot> children() {
        List<Slot> children = new ArrayList<>();
        ObjectNode schema = schema();
        members(schema.path("properties"), place.child("properties"), children);
        for (String key : List.of("items", "additionalProperties")) {
            if (schema.path(key) instanceof ObjectNode) {
                children.add(new Slot(schema, key, place.child(key)));
            }
        }
        for (String key : List.of("allOf", "oneOf", "anyOf")) {
            for (int i = 0; i < schema.path(key).size(); i++) {
                if (schema.path(key) instanceof ArrayNode list && list.path(i) instanceof ObjectNode) {
                    children.add(
                            new Slot(list, Integer.toString(i), place.child(key).child(i)));
                }
            }
        }
        return children;
    }

    static void members(JsonNode map, Pointer place, List<Slot> slots) {
        if (map instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (entry.getValue() instanceof ObjectNode) {
                    slots.add(new Slot(object, entry.getKey(), place.child(entry.getKey())));
                }
            }
        }
    }
}
