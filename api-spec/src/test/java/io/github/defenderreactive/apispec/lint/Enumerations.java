package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every enumeration is an open one with a name, and lists texts only. */
final class Enumerations implements Rule {

    @Override
    public Stream<Finding> check(Description description) {
        return description.schemas().filter(schema -> schema.node().has("enum")).flatMap(Enumerations::enumeration);
    }

    private static Stream<Finding> enumeration(Element schema) {
        return Linter.all(
                name(schema),
                open(schema),
                values(schema),
                listed(schema, "x-defender-legacy"),
                listed(schema, "x-defender-final"));
    }

    private static Stream<Finding> name(Element schema) {
        return schema.kind() == Kind.NAMED_SCHEMA
                ? Stream.empty()
                : Stream.of(schema.place().finding("inline-enum", "an enumeration needs a name of its own"));
    }

    private static Stream<Finding> open(Element schema) {
        return schema.kind() != Kind.NAMED_SCHEMA
                        || schema.node().path("x-defender-open").asBoolean()
                ? Stream.empty()
                : Stream.of(schema.place().finding("closed-enum", "x-defender-open: true is missing"));
    }

    private static Stream<Finding> values(Element schema) {
        Place values = schema.place().child("enum");
        Set<String> seen = new HashSet<>();
        return IntStream.range(0, values.node().size()).mapToObj(values::child).flatMap(value -> {
            if (!value.node().isTextual()) {
                return Stream.of(value.finding("enum-value", "a value is a text, not " + value.node()));
            }
            return seen.add(value.node().asText())
                    ? Stream.empty()
                    : Stream.of(value.finding("enum-value", value.node() + " is listed twice"));
        });
    }

    private static Stream<Finding> listed(Element schema, String extension) {
        Place listed = schema.place().child(extension);
        Set<String> values = new HashSet<>();
        for (JsonNode value : schema.node().path("enum")) {
            values.add(value.asText());
        }
        return IntStream.range(0, listed.node().size())
                .mapToObj(listed::child)
                .filter(value -> !values.contains(value.node().asText()))
                .map(value -> value.finding("enum-value", "a value of " + extension + " is one of the enumeration"));
    }
}
