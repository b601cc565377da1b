package io.github.defenderreactive.apispec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/** An operation of the bundle. */
public record Operation(String method, String path, JsonNode node) {

    public String id() {
        return node.path("operationId").asText();
    }

    /** Schema of the body that the operation sends. */
    public Optional<JsonNode> request() {
        return schema(node.path("requestBody"));
    }

    /** Schema of the body of a successful answer. */
    public Optional<JsonNode> response() {
        return Stream.of("200", "201")
                .map(code -> schema(node.path("responses").path(code)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<JsonNode> schema(JsonNode body) {
        // A number is the same text in JSON.
        return Stream.of("application/json", "text/plain")
                .map(type -> body.path("content").path(type).path("schema"))
                .filter(JsonNode::isObject)
                .findFirst();
    }
}
