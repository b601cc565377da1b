package io.github.defenderreactive.apispec.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.defenderreactive.apispec.Bundle;
import io.github.defenderreactive.apispec.Operation;
import java.util.Map;
import java.util.Optional;

/** Which schema a payload has to keep. */
final class PayloadSchemas {

    /** Links of these operations lead to documents that the description knows. */
    private static final Map<String, String> FILES =
            Map.of("getLiveResponseResultDownloadLink", "LiveResponseScriptOutput");

    private final Bundle bundle;

    PayloadSchemas(Bundle bundle) {
        this.bundle = bundle;
    }

    /** Whether the description covers the payload; one of an operation that is not described yet has no schema. */
    boolean covers(Payload payload) {
        return switch (payload.kind()) {
            // Every operation reports failures in the same form.
            case ERROR -> true;
            case ENTITY -> bundle.components().path("schemas").has(payload.subject());
            case REQUEST, RESPONSE, FILE -> bundle.operations().containsKey(payload.subject());
        };
    }

    JsonNode schema(Payload payload) {
        Operation operation = bundle.operations().get(payload.subject());
        Optional<JsonNode> schema = switch (payload.kind()) {
            case ERROR -> Optional.of(named("ErrorResponse"));
            case ENTITY -> Optional.of(named(payload.subject()));
            case FILE -> Optional.ofNullable(FILES.get(payload.subject())).map(PayloadSchemas::named);
            case REQUEST -> operation.request();
            case RESPONSE -> operation.response();
        };
        return schema.orElseThrow(() -> new IllegalArgumentException("No schema for " + payload.file()));
    }

    /** Whether the one entity of the payload may come inside a collection. */
    boolean wrapped(Payload payload) {
        return payload.kind() == Payload.Kind.RESPONSE
                && bundle.operations()
                        .get(payload.subject())
                        .node()
                        .path("x-defender-wrapped")
                        .asBoolean();
    }

    private static JsonNode named(String name) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
    }
}
