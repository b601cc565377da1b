package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Every class has a source: a page of the documentation, an observation or an inference. */
final class Sources implements Rule {

    private static final String SOURCE = "x-defender-source";
    private static final Set<String> EVIDENCE = Set.of("observed", "inferred");

    @Override
    public Stream<Finding> check(Description description) {
        Stream<Place> infos =
                description.elements(Kind.ROOT).map(root -> root.place().child("info"));
        boolean general = description
                .elements(Kind.ROOT)
                .anyMatch(root -> isSource(root.node().path("info").path(SOURCE)));
        return Linter.all(
                Stream.concat(infos, description.elements().stream().map(Element::place))
                        .filter(place -> place.node().has(SOURCE))
                        .map(place -> place.child(SOURCE))
                        .flatMap(Sources::malformed),
                general
                        ? Stream.empty()
                        : description.elements(Kind.NAMED_SCHEMA).flatMap(Sources::missing));
    }

    private static Stream<Finding> missing(Element schema) {
        return schema.place().isReference()
                        || schema.node().path("x-defender-collection").asBoolean()
                        || isSource(schema.node().path(SOURCE))
                ? Stream.empty()
                : Stream.of(schema.place().finding("missing-source", "names no page, and is not observed or inferred"));
    }

    private static boolean isSource(JsonNode value) {
        return value.isTextual() || value.has("page") || value.has("evidence");
    }

    private static Stream<Finding> malformed(Place source) {
        JsonNode value = source.node();
        boolean readable = value.isTextual()
                ? EVIDENCE.contains(value.asText()) || isPage(value.asText())
                : value.isObject() && !value.isEmpty() && entries(value);
        return readable ? Stream.empty() : Stream.of(source.finding("malformed-extension", "cannot be read: " + value));
    }

    private static boolean entries(JsonNode value) {
        return StreamSupport.stream(value.properties().spliterator(), false).allMatch(entry -> {
            String text = entry.getValue().asText();
            return switch (entry.getKey()) {
                case "page" -> isPage(text);
                case "date" -> text.matches("\\d{4}(-\\d{2}){0,2}");
                case "evidence" -> EVIDENCE.contains(text);
                default -> false;
            };
        });
    }

    private static boolean isPage(String text) {
        return text.endsWith(".md") || text.startsWith("https://");
    }
}
