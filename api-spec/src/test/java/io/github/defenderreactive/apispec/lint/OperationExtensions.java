package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Every operation states what a call needs, costs and risks, in the form that is read. */
final class OperationExtensions implements Rule {

    private static final List<String> REQUIRED = List.of(
            "x-defender-method",
            "x-defender-permissions",
            "x-defender-quota",
            "x-defender-paging",
            "x-defender-replay",
            "x-defender-timeout",
            "x-defender-source");

    private static final Map<String, Predicate<JsonNode>> FORMS = Map.ofEntries(
            Map.entry(
                    "x-defender-permissions",
                    value -> value.size() == 2 && texts(value.path("application")) && texts(value.path("delegated"))),
            Map.entry(
                    "x-defender-quota",
                    value -> value.path("group").isTextual()
                            && positive(value, "perMinute")
                            && positive(value, "perHour")
                            && onlyKeys(value, Set.of("group", "perMinute", "perHour"))),
            Map.entry(
                    "x-defender-paging",
                    value -> Set.of("none", "next-link", "sized-link", "skip-token", "offset", "time-window")
                                    .contains(value.path("strategy").asText())
                            && positive(value, "maxPageSize")
                            && onlyKeys(value, Set.of("strategy", "maxPageSize", "linkPath", "key", "field"))),
            Map.entry("x-defender-replay", value -> Set.of("safe", "unsafe").contains(value.asText())),
            Map.entry("x-defender-timeout", value -> duration(value.asText())),
            Map.entry("x-defender-not-found", value -> value.asText().equals("empty")),
            Map.entry("x-defender-filterable", OperationExtensions::texts),
            Map.entry("x-defender-method", value -> value.asText().matches("[a-z][A-Za-z0-9]*")),
            Map.entry(
                    "x-defender-deprecated",
                    value -> value.isTextual() && !value.asText().isBlank()),
            Map.entry("x-defender-max-response", value -> value.isInt() && value.asInt() > 0),
            Map.entry("x-defender-wrapped", JsonNode::isBoolean));

    @Override
    public Stream<Finding> check(Description description) {
        return Linter.all(
                description.elements(Kind.OPERATION).flatMap(OperationExtensions::missing),
                description.elements(Kind.OPERATION).flatMap(OperationExtensions::malformed));
    }

    private static Stream<Finding> missing(Element operation) {
        return REQUIRED.stream()
                .filter(name -> !operation.node().has(name))
                .map(name -> operation.place().finding("missing-extension", name + " is missing"));
    }

    private static Stream<Finding> malformed(Element operation) {
        return FORMS.entrySet().stream()
                .filter(form -> operation.node().has(form.getKey()))
                .filter(form -> !form.getValue().test(operation.node().path(form.getKey())))
                .map(form -> operation
                        .place()
                        .child(form.getKey())
                        .finding(
                                "malformed-extension",
                                "cannot be read: " + operation.node().path(form.getKey())));
    }

    private static boolean texts(JsonNode list) {
        return list.isArray() && StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isTextual);
    }

    private static boolean positive(JsonNode value, String key) {
        return !value.has(key) || value.path(key).isInt() && value.path(key).asInt() > 0;
    }

    private static boolean onlyKeys(JsonNode value, Set<String> keys) {
        Iterable<String> names = value::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).allMatch(keys::contains);
    }

    private static boolean duration(String text) {
        try {
            return Duration.parse(text).compareTo(Duration.ZERO) > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
