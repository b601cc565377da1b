package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.Map;

/** Notes what valid descriptions contain and a client of this kind has no use for. */
final class Ignored implements Stage {

    @Override
    public void apply(Draft draft) {
        if (!draft.root().path("webhooks").isEmpty()) {
            draft.note(Pointer.ROOT.child("webhooks"), "webhooks are ignored; a client does not receive requests.");
        }
        authorizations(draft);
        for (Draft.Operation operation : draft.operations()) {
            if (operation.node().has("callbacks")) {
                draft.note(
                        operation.place().child("callbacks"),
                        "callbacks are ignored; a client does not receive requests.");
            }
            for (Map.Entry<String, JsonNode> response :
                    operation.node().path("responses").properties()) {
                JsonNode success = draft.shared(response.getValue());
                for (String key : new String[] {"links", "headers"}) {
                    if (response.getKey().startsWith("2") && !success.path(key).isEmpty()) {
                        draft.note(
                                operation
                                        .place()
                                        .child("responses")
                                        .child(response.getKey())
                                        .child(key),
                                key + " of responses are ignored.");
                    }
                }
            }
        }
    }

    /** A secret in a URL ends in the logs of every intermediary, and the client sends no cookies. */
    private static void authorizations(Draft draft) {
        for (Map.Entry<String, JsonNode> entry :
                draft.root().path("components").path("securitySchemes").properties()) {
            JsonNode scheme = draft.shared(entry.getValue());
            String in = scheme.path("in").asText();
            if (scheme.path("type").asText().equals("apiKey") && !in.equals("header")) {
                draft.note(
                        Pointer.ROOT
                                .child("components")
                                .child("securitySchemes")
                                .child(entry.getKey()),
                        "the API key in the " + in
                                + " is not sent; use it in a header, if the service accepts it there.");
            }
        }
    }
}
