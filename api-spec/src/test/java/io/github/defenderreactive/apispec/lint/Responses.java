package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One form of success, and failures of the client's and of the server's making that share the error response. */
final class Responses implements Rule {

    private static final String ERROR = "/components/responses/Error";

    @Override
    public Stream<Finding> check(Description description) {
        return description.elements(Kind.OPERATION).flatMap(Responses::operation);
    }

    private static Stream<Finding> operation(Element operation) {
        Place responses = operation.place().child("responses");
        return Linter.all(success(responses), failures(responses));
    }

    private static Stream<Finding> success(Place responses) {
        Set<JsonNode> schemas = new HashSet<>();
        codes(responses)
                .filter(code -> code.startsWith("2"))
                .forEach(code -> schemas.add(responses
                        .node()
                        .path(code)
                        .path("content")
                        .path("application/json")
                        .path("schema")));
        return schemas.size() == 1
                ? Stream.empty()
                : Stream.of(responses.finding("success-response", "exactly one form of a 2xx answer is needed"));
    }

    private static Stream<Finding> failures(Place responses) {
        Stream<Finding> missing = Stream.of("4", "5")
                .filter(digit -> codes(responses).noneMatch(code -> code.startsWith(digit)))
                .map(digit -> responses.finding("error-response", "no " + digit + "xx answer is described"));
        Stream<Finding> others = codes(responses)
                .filter(code -> !code.startsWith("2"))
                .map(responses::child)
                .filter(response -> !response.node().path("$ref").asText().endsWith("#" + ERROR))
                .map(response -> response.finding("error-response", "must refer to " + ERROR));
        return Stream.concat(missing, others);
    }

    private static Stream<String> codes(Place responses) {
        Iterable<String> codes = () -> responses.node().fieldNames();
        return StreamSupport.stream(codes.spliterator(), false);
    }
}
