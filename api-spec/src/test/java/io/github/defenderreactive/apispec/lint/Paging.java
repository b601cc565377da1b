package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collections have the OData envelope, are read page by page, and name properties of their items only. */
final class Paging implements Rule {

    private static final Set<String> ENVELOPE = Set.of("@odata.context", "@odata.count", "@odata.nextLink", "value");

    @Override
    public Stream<Finding> check(Description description) {
        return Linter.all(
                description.elements(Kind.NAMED_SCHEMA).flatMap(Paging::envelope),
                description.elements(Kind.OPERATION).flatMap(operation -> operation(operation, description)));
    }

    private static Stream<Finding> envelope(Element schema) {
        boolean collection = schema.node().path("x-defender-collection").asBoolean();
        boolean named = schema.place().name().endsWith("Collection");
        if (collection != named) {
            return Stream.of(schema.place()
                    .finding("collection", "x-defender-collection and a name that ends in Collection go together"));
        }
        JsonNode properties = schema.node().path("properties");
        boolean complete = properties.size() == ENVELOPE.size()
                && ENVELOPE.stream().allMatch(properties::has)
                && properties.path("value").path("items").has("$ref");
        return !collection || complete
                ? Stream.empty()
                : Stream.of(schema.place().finding("collection", "needs " + ENVELOPE + " with items by reference"));
    }

    private static Stream<Finding> operation(Element operation, Description description) {
        Place place = operation.place();
        Optional<Place> answer = answer(place, description);
        boolean collection = answer.isPresent()
                && answer.get().node().path("x-defender-collection").asBoolean();
        boolean paged = !place.node()
                .path("x-defender-paging")
                .path("strategy")
                .asText()
                .equals("none");
        List<Finding> findings = new ArrayList<>();
        if (collection != paged) {
            findings.add(place.child("x-defender-paging")
                    .finding("paging", "a collection has a strategy, anything else none"));
        }
        if (collection) {
            answer.flatMap(envelope -> description.follow(
                            envelope.child("properties").child("value").child("items")))
                    .ifPresent(item -> Stream.of(key(place, item), field(place, item))
                            .flatMap(Optional::stream)
                            .forEach(findings::add));
        }
        boolean filter = takesFilter(place, description);
        if (filter != place.node().has("x-defender-filterable")) {
            findings.add(place.finding("filterable", "$filter and x-defender-filterable go together"));
        }
        return findings.stream();
    }

    private static Optional<Finding> key(Place operation, Place item) {
        Place paging = operation.child("x-defender-paging");
        String key = paging.node().path("key").asText();
        return key.isEmpty() || item.node().path("properties").has(key)
                ? Optional.empty()
                : Optional.of(paging.child("key").finding("paging", item.name() + " has no property " + key));
    }

    /** Windows are over a time of the items that the service can filter by, and drop repeated items by their key. */
    private static Optional<Finding> field(Place operation, Place item) {
        Place paging = operation.child("x-defender-paging");
        boolean windows = paging.node().path("strategy").asText().equals("time-window");
        if (!windows && !paging.node().has("field")) {
            return Optional.empty();
        }
        String field = paging.node().path("field").asText();
        boolean time = item.node()
                .path("properties")
                .path(field)
                .path("format")
                .asText()
                .equals("date-time");
        boolean filterable = false;
        for (JsonNode name : operation.node().path("x-defender-filterable")) {
            filterable |= name.asText().equals(field);
        }
        return windows && time && filterable && paging.node().has("key")
                ? Optional.empty()
                : Optional.of(paging.child("field")
                        .finding(
                                "paging",
                                "time-window needs a key and a field that is a filterable time of the items"));
    }

    private static Optional<Place> answer(Place operation, Description description) {
        Place responses = operation.child("responses");
        for (String code : List.of("200", "201")) {
            Optional<Place> schema = description.follow(responses
                    .child(code)
                    .child("content")
                    .child("application/json")
                    .child("schema"));
            if (schema.isPresent() && !schema.get().node().isMissingNode()) {
                return schema;
            }
        }
        return Optional.empty();
    }

    private static boolean takesFilter(Place operation, Description description) {
        Place parameters = operation.child("parameters");
        for (int i = 0; i < parameters.node().size(); i++) {
            Optional<Place> parameter = description.follow(parameters.child(i));
            if (parameter.isPresent()
                    && parameter.get().node().path("name").asText().equals("$filter")) {
                return true;
            }
        }
        return false;
    }
}
