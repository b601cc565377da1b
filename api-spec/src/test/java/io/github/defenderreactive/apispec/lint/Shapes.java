package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects have names, and a value has one type or null. */
final class Shapes implements Rule {

    @Override
    public Stream<Finding> check(Description description) {
        return Linter.all(
                description.schemas().flatMap(Shapes::inlineObject),
                description.schemas().flatMap(Shapes::types),
                description.schemas().flatMap(Shapes::alternatives),
                description.schemas().flatMap(Shapes::untyped));
    }

    private static Stream<Finding> inlineObject(Element schema) {
        JsonNode node = schema.node();
        boolean object = typeNames(node).contains("object") || node.has("properties") || node.has("allOf");
        if (schema.kind() == Kind.NAMED_SCHEMA || !object) {
            return Stream.empty();
        }
        return Stream.of(schema.place().finding("inline-object", "an object needs a name of its own"));
    }

    private static Stream<Finding> types(Element schema) {
        List<String> types = typeNames(schema.node());
        long real = types.stream().filter(type -> !type.equals("null")).count();
        if (real <= 1) {
            return Stream.empty();
        }
        return Stream.of(schema.place().child("type").finding("type-union", "one type and null at most, not " + types));
    }

    /** Allowed are a reference or null, and references told apart by a discriminator. */
    private static Stream<Finding> alternatives(Element schema) {
        Place place = schema.place();
        if (place.node().has("anyOf") || place.node().has("allOf")) {
            return Stream.of(place.finding("type-union", "anyOf and allOf are no part of the dialect"));
        }
        JsonNode oneOf = place.node().path("oneOf");
        if (oneOf.isMissingNode()) {
            return Stream.empty();
        }
        long references = elements(oneOf).filter(node -> node.has("$ref")).count();
        long nulls = elements(oneOf)
                .filter(node -> node.path("type").asText().equals("null"))
                .count();
        boolean nullable = references == 1 && nulls == 1 && oneOf.size() == 2;
        JsonNode discriminator = place.node().path("discriminator");
        boolean union = references == oneOf.size()
                && discriminator.path("propertyName").isTextual()
                && discriminator.path("mapping").size() == oneOf.size();
        if (nullable || union) {
            return Stream.empty();
        }
        return Stream.of(place.child("oneOf")
                .finding("type-union", "either a reference and null, or references with a complete discriminator"));
    }

    private static Stream<Finding> untyped(Element schema) {
        JsonNode node = schema.node();
        boolean typed = node.has("type") || node.has("oneOf") || node.has("anyOf") || node.has("allOf");
        boolean any = node.path("x-defender-any").asBoolean();
        if (schema.place().isReference() || typed != any) {
            return Stream.empty();
        }
        String message = any ? "any value has no type" : "a type, a reference or x-defender-any is missing";
        return Stream.of(schema.place().finding("untyped-schema", message));
    }

    static List<String> typeNames(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? elements(type).map(JsonNode::asText).toList()
                : type.isTextual() ? List.of(type.asText()) : List.of();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
