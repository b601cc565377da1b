package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Ids of operations are unique, a tag is declared, and only a PATCH sends a body of three-state members. */
final class Operations implements Rule {

    @Override
    public Stream<Finding> check(Description description) {
        return Linter.all(ids(description), tags(description), patches(description));
    }

    private static Stream<Finding> ids(Description description) {
        Map<String, Place> first = new HashMap<>();
        return description.elements(Kind.OPERATION).map(Element::place).flatMap(place -> {
            String id = place.node().path("operationId").asText();
            if (id.isEmpty()) {
                return Stream.of(place.finding("operation-id", "operationId is missing"));
            }
            return Stream.ofNullable(first.putIfAbsent(id, place))
                    .map(other -> place.child("operationId")
                            .finding("operation-id", id + " is also used at " + other.file() + "#" + other.pointer()));
        });
    }

    private static Stream<Finding> tags(Description description) {
        Set<String> declared = new HashSet<>();
        description.elements(Kind.ROOT).forEach(root -> {
            for (JsonNode tag : root.node().path("tags")) {
                declared.add(tag.path("name").asText());
            }
        });
        return description.elements(Kind.OPERATION).flatMap(operation -> {
            JsonNode tags = operation.node().path("tags");
            return tags.size() == 1 && declared.contains(tags.path(0).asText())
                    ? Stream.empty()
                    : Stream.of(operation.place().finding("tag", "exactly one tag that the root declares"));
        });
    }

    private static Stream<Finding> patches(Description description) {
        return description.elements(Kind.OPERATION).flatMap(operation -> {
            Place place = operation.place();
            boolean patch = place.name().equals("patch");
            Optional<Place> body = description
                    .follow(place.child("requestBody"))
                    .map(request ->
                            request.child("content").child("application/json").child("schema"))
                    .flatMap(description::follow)
                    .filter(schema -> !schema.node().isMissingNode());
            boolean threeStates = body.isPresent()
                    && body.get().node().path("x-defender-patch").asBoolean();
            return patch == threeStates
                    ? Stream.empty()
                    : Stream.of(place.finding("patch-body", "x-defender-patch belongs to the body of a PATCH"));
        });
    }
}
