package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/** Small descriptions, normalized. */
final class Bakery {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Bakery() {}

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static ObjectNode description(String paths, String components) {
        ObjectNode root = (ObjectNode) yaml("{ openapi: 3.1.0, info: { title: Bakery, version: '1' } }");
        root.set("paths", yaml(paths));
        root.set("components", yaml(components));
        return root;
    }

    static Normalized of(String paths, String components) {
        Normalized normalized = Normalized.of(description(paths, components));
        return normalized.check(root -> normalized);
    }

    /** Returns a description with these schemas. */
    static Normalized schemas(String schemas) {
        return of("{}", "{ schemas: " + schemas + " }");
    }

    /** Returns a description whose schema {@code Bread} has one member {@code it}. */
    static Normalized member(String schema, String others) {
        return schemas("{ Bread: { type: object, properties: { it: " + schema + " } }, " + others + " }");
    }

    /** Returns a description with one operation. */
    static Normalized operation(String operation, String components) {
        return of("{ /breads: { get: " + operation + " } }", components);
    }

    static JsonNode at(Normalized normalized, String pointer) {
        return normalized.document().at(pointer);
    }

    static JsonNode schema(Normalized normalized, String name) {
        return normalized.document().path("components").path("schemas").path(name);
    }

    static JsonNode get(Normalized normalized) {
        return normalized.document().at("/paths/~1breads/get");
    }

    static List<String> notes(Normalized normalized) {
        return normalized.notes().stream().map(Note::toString).toList();
    }
}
