package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the media types and the successful responses. JSON wins over other media types; that of a vendor stays, because
 * requests name it. Without a status from 200 to 299, the default response is the successful one, and an empty one where
 * there is no default.
 */
final class Contents implements Stage {

    private static final String JSON = "application/json";
    private static final Set<String> IGNORED_HEADERS = Set.of("accept", "content-type", "authorization");

    @Override
    public void apply(Draft draft) {
        security(draft);
        for (Draft.Operation operation : draft.operations()) {
            headers(
                    operation.item().path("parameters"),
                    Pointer.ROOT.child("paths").child(operation.path()).child("parameters"),
                    draft);
            headers(operation.node().path("parameters"), operation.place().child("parameters"), draft);
            success(operation, draft);
        }
        Pointer components = Pointer.ROOT.child("components");
        for (String section : List.of("requestBodies", "responses")) {
            for (Map.Entry<String, JsonNode> entry :
                    draft.root().path("components").path(section).properties()) {
                content(entry.getValue(), components.child(section).child(entry.getKey()), draft);
            }
        }
        for (Draft.Operation operation : draft.operations()) {
            Pointer place = operation.place();
            content(operation.node().path("requestBody"), place.child("requestBody"), draft);
            for (var entry : operation.node().path("responses").properties()) {
                if (entry.getKey().startsWith("2")) {
                    content(entry.getValue(), place.child("responses").child(entry.getKey()), draft);
                }
            }
        }
    }

    /** Without a security of the document, the client decides what it sends, which is the same for all operations. */
    private static void security(Draft draft) {
        if (draft.root().has("security")) {
            return;
        }
        for (Draft.Operation operation : draft.operations()) {
            if (!operation.node().path("security").isEmpty()) {
                draft.note(
                        operation.place().child("security"),
                        "a client sends the same authorization with all operations, so it is not read here.");
            }
            operation.node().remove("security");
        }
    }

    /** OpenAPI defines these headers by other means, and says that parameters of their names are ignored. */
    private static void headers(JsonNode parameters, Pointer place, Draft draft) {
        if (!(parameters instanceof ArrayNode list)) {
            return;
        }
        List<JsonNode> kept = new ArrayList<>();
        Map<Pointer, Pointer> moved = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode parameter = draft.shared(list.path(i));
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("header")
                    && IGNORED_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                    && !parameter.path("schema").has("const")) {
                draft.note(place.child(i), "the header " + name + " is set by the client, so it is not a parameter.");
            } else {
                moved.put(place.child(kept.size()), place.child(i));
                kept.add(list.path(i));
            }
        }
        if (kept.size() < list.size()) {
            list.removeAll();
            list.addAll(kept);
            draft.places().moved(moved);
        }
    }

    private static void success(Draft.Operation operation, Draft draft) {
        if (!(operation.node().path("responses") instanceof ObjectNode responses)) {
            return;
        }
        for (var entry : responses.properties()) {
            if (entry.getKey().startsWith("2")) {
                return;
            }
        }
        Pointer place = operation.place().child("responses");
        JsonNode otherwise = responses.remove("default");
        if (otherwise == null) {
            responses.putObject("2XX").put("description", "");
            draft.note(place, "no successful response is described, so an empty one is assumed.");
        } else {
            responses.set("2XX", otherwise);
            draft.places().moved(place.child("default"), place.child("2XX"));
            draft.note(place, "only the default response is described, so it is the successful one.");
        }
    }

    /** Returns a media type of JSON without parameters; one that is not a vendor's is the common one. */
    private static String key(String media) {
        String plain = media.replaceFirst("\\s*;.*", "").strip();
        return plain.toLowerCase(Locale.ROOT).endsWith("+json") ? plain : JSON;
    }

    /** Returns the best media type of JSON, or null. */
    private static @Nullable String json(JsonNode content) {
        List<String> types = new ArrayList<>();
        content.fieldNames().forEachRemaining(types::add);
        for (String pattern : List.of(
                "application/json",
                "application/json\\s*;.*",
                "(application|text)/([^;]*\\+)?json.*",
                "application/\\*.*|\\*/\\*.*")) {
            for (String type : types) {
                if (type.strip().toLowerCase(Locale.ROOT).matches(pattern)) {
                    return type;
                }
            }
        }
        return null;
    }

    private static void content(JsonNode holder, Pointer place, Draft draft) {
        if (!(holder.path("content") instanceof ObjectNode content)) {
            return;
        }
        String media = json(content);
        if (media == null) {
            return;
        }
        Pointer at = place.child("content");
        if (content.size() > 1) {
            List<String> others = new ArrayList<>();
            content.fieldNames().forEachRemaining(others::add);
            others.remove(media);
            draft.note(at, "JSON is used, and " + String.join(", ", others) + " left out.");
        }
        JsonNode value = content.path(media);
        if (value instanceof ObjectNode object && !object.has("schema")) {
            object.putObject("schema");
        }
        String key = key(media);
        if (content.size() > 1 || !media.equals(key)) {
            content.removeAll();
            content.set(key, value);
            draft.places().moved(at.child(media), at.child(key));
        }
    }
}
