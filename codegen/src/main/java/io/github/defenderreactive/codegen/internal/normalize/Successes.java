package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives all successful responses of an operation the content of the first one that has a content. A response without
 * content completes empty, and one with another content is read as if it had the same.
 */
final class Successes implements Stage {

    @Override
    public void apply(Draft draft) {
        draft.operations().forEach(operation -> join(operation, draft));
    }

    private static void join(Draft.Operation operation, Draft draft) {
        List<Map.Entry<String, JsonNode>> successes = new ArrayList<>();
        for (var entry : operation.node().path("responses").properties()) {
            if (entry.getKey().startsWith("2")) {
                successes.add(entry);
            }
        }
        successes.sort(Map.Entry.comparingByKey());
        JsonNode content = null;
        String first = "";
        for (var success : successes) {
            JsonNode own = draft.shared(success.getValue()).path("content");
            if (content == null && !own.isEmpty()) {
                content = own;
                first = success.getKey();
            }
        }
        if (content == null) {
            return;
        }
        ObjectNode responses = (ObjectNode) operation.node().path("responses");
        for (var success : List.copyOf(successes)) {
            JsonNode own = draft.shared(success.getValue());
            if (own.path("content").equals(content) || !(own instanceof ObjectNode response)) {
                continue;
            }
            if (!response.path("content").isEmpty()) {
                draft.note(
                        operation.place().child("responses").child(success.getKey()),
                        "the response has another content than " + first
                                + ", and is read with the schema of that one.");
            }
            ObjectNode copy = response.deepCopy();
            copy.set("content", content.deepCopy());
            responses.set(success.getKey(), copy);
        }
    }
}
