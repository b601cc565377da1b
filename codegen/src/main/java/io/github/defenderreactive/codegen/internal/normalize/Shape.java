package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the keywords of a schema say about its values. */
final class Shape {

    static final String ANY = "x-defender-any";
    static final String NAME = "x-defender-name";
    static final String COLLECTION = "x-defender-collection";
    private static final String SCHEMAS = "#/components/schemas/";

    /** Keywords that do not say what values are valid. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "example",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "nullable",
            "externalDocs",
            "xml",
            "$comment",
            "$id",
            "$anchor",
            "$schema",
            "$vocabulary",
            "$defs",
            "definitions",
            "not",
            "minProperties",
            "maxProperties");

    private Shape() {}

    static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    static boolean isAnnotation(String key) {
        return ANNOTATIONS.contains(key) || key.startsWith("x-") && !key.equals(ANY);
    }

    /** Returns whether a schema says nothing about its values. */
    static boolean isAnnotationsOnly(JsonNode schema) {
        for (var entry : schema.properties()) {
            if (!isAnnotation(entry.getKey())) {
                return false;
            }
        }
        return true;
    }

    /** Returns the types besides null. */
    static Set<String> types(JsonNode schema) {
        Set<String> types = new LinkedHashSet<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.elements().forEachRemaining(one -> types.add(one.asText()));
        types.remove("null");
        return types;
    }

    static boolean isType(JsonNode schema, String type) {
        return types(schema).equals(Set.of(type));
    }

    /** Returns whether values are objects with members that the schema names. */
    static boolean isObject(JsonNode schema) {
        return schema.path("properties") instanceof ObjectNode
                && (types(schema).isEmpty() || isType(schema, "object"))
                && !isUnion(schema);
    }

    static boolean isUnion(JsonNode schema) {
        return !choices(schema).isEmpty() && schema.path("discriminator").has("propertyName");
    }

    /** Returns the keyword of the choices of a schema, or null if it has none. */
    static @Nullable String choiceKey(JsonNode schema) {
        for (String key : List.of("oneOf", "anyOf")) {
            if (schema.path(key) instanceof ArrayNode) {
                return key;
            }
        }
        return null;
    }

    static List<JsonNode> choices(JsonNode schema) {
        String key = choiceKey(schema);
        return key == null ? List.of() : List.copyOf(list(schema.path(key)));
    }

    static List<JsonNode> list(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        if (array instanceof ArrayNode) {
            array.forEach(elements::add);
        }
        return elements;
    }

    /** Returns the name of the schema that a reference points to, or null if it does not point to a named one. */
    static @Nullable String referenced(JsonNode schema) {
        return named(schema.path("$ref").asText(""));
    }

    static @Nullable String named(String reference) {
        if (!reference.startsWith(SCHEMAS)) {
            return null;
        }
        try {
            List<String> segments = Pointer.parse(reference.substring(1)).segments();
            return segments.size() == 3 ? segments.get(2) : null;
        } catch (DescriptionException | IllegalArgumentException e) {
            return null;
        }
    }

    static String reference(String name) {
        return "#" + place(name).toString().replace("%", "%25");
    }

    static Pointer place(String name) {
        return Pointer.ROOT.child("components").child("schemas").child(name);
    }

    static ObjectNode referring(String name) {
        return nothing().put("$ref", reference(name));
    }

    /** Makes a schema a free value; what describes it stays. */
    static ObjectNode free(ObjectNode schema) {
        ObjectNode free = nothing();
        for (var entry : schema.properties()) {
            if (isAnnotation(entry.getKey())) {
                free.set(entry.getKey(), entry.getValue());
            }
        }
        return free.put(ANY, true);
    }
}
