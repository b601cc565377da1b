package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds what the dialect needs and OpenAPI does not know or does not require. */
final class OperationDefaults implements Stage {

    private static final String PAGING = "x-defender-paging";
    private static final String PERMISSIONS = "x-defender-permissions";
    private static final Set<String> SAFE = Set.of("get", "put", "delete");

    @Override
    public void apply(Draft draft) {
        ObjectNode root = draft.root();
        String title = root.path("info").path("title").asText();
        if (!root.has("x-defender-api") && !title.isBlank()) {
            String api = title.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]+", "-");
            root.put("x-defender-api", api.replaceAll("^-|-$", ""));
            draft.note(
                    Pointer.ROOT,
                    "x-defender-api is missing, and is "
                            + root.path("x-defender-api").asText() + " by the title.");
        }
        collections(draft);
        Map<String, Integer> missing = new LinkedHashMap<>();
        for (Draft.Operation operation : draft.operations()) {
            operation(operation, missing, draft);
        }
        missing.forEach((key, count) ->
                draft.note(Pointer.ROOT, key + (count == 1 ? " (1 operation)." : " (" + count + " operations).")));
        tags(draft);
    }

    private static void operation(Draft.Operation operation, Map<String, Integer> missing, Draft draft) {
        ObjectNode node = operation.node();
        for (String key : List.of("summary", "description", Citation.KEY)) {
            if (!node.has(key)) {
                node.put(key, "");
            }
        }
        if (!node.has(PERMISSIONS)) {
            node.putObject(PERMISSIONS);
            missing.merge(PERMISSIONS + " is missing, and no permission is documented", 1, Integer::sum);
        }
        if (node.path(PERMISSIONS) instanceof ObjectNode permissions) {
            for (String kind : List.of("application", "delegated")) {
                if (!permissions.has(kind)) {
                    permissions.putArray(kind);
                }
            }
        }
        if (!node.has("x-defender-quota")) {
            node.putObject("x-defender-quota");
            missing.merge("x-defender-quota is missing, and calls are not limited", 1, Integer::sum);
        }
        if (!node.has(PAGING)) {
            boolean paged = collection(operation, draft) != null;
            node.putObject(PAGING).put("strategy", paged ? "next-link" : "none");
        }
        if (!node.has("x-defender-replay")) {
            boolean safe = SAFE.contains(operation.method());
            node.put("x-defender-replay", safe ? "safe" : "unsafe");
            missing.merge(
                    "x-defender-replay is missing, and GET, PUT and DELETE are safe, POST and PATCH unsafe",
                    1,
                    Integer::sum);
        }
        if (!node.has("x-defender-timeout")) {
            node.put("x-defender-timeout", "PT1M");
            missing.merge("x-defender-timeout is missing, and is PT1M", 1, Integer::sum);
        }
    }

    private static void tags(Draft draft) {
        ObjectNode root = draft.root();
        if (!root.has("tags")) {
            root.putArray("tags");
        }
        if (!(root.path("tags") instanceof ArrayNode tags)) {
            return;
        }
        Map<String, String> byType = new HashMap<>();
        tags.forEach(tag -> byType.putIfAbsent(
                type(tag.path("name").asText()), tag.path("name").asText()));
        for (Draft.Operation operation : draft.operations()) {
            ObjectNode node = operation.node();
            List<JsonNode> given = Shape.list(node.path("tags"));
            if (given.isEmpty() && (!node.has("tags") || node.path("tags").isArray())) {
                node.putArray("tags").add("Default");
            } else if (given.size() > 1) {
                draft.note(
                        operation.place().child("tags"),
                        "the operation has several tags, and belongs to the first, "
                                + given.get(0).asText() + ".");
                node.putArray("tags").add(given.get(0));
            }
            String tag = node.path("tags").path(0).asText();
            if (!node.path("tags").path(0).isTextual() || tag.isBlank()) {
                continue;
            }
            String known = byType.putIfAbsent(type(tag), tag);
            if (known == null) {
                tags.addObject().put("name", tag);
            } else if (!known.equals(tag) && !listed(tags, tag)) {
                draft.note(
                        operation.place().child("tags"),
                        "the tags " + known + " and " + tag + " are one class in Java, so both are " + known + ".");
                node.putArray("tags").add(known);
            }
        }
    }

    private static boolean listed(ArrayNode tags, String name) {
        for (JsonNode tag : tags) {
            if (tag.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String type(String tag) {
        return JavaNames.type(tag).toLowerCase(Locale.ROOT);
    }

    /** Marks the schemas that have the shape of a collection, if they are only responses of operations that read. */
    private static void collections(Draft draft) {
        Map<String, List<Draft.Operation>> readers = new LinkedHashMap<>();
        Map<String, Integer> reads = new HashMap<>();
        for (Draft.Operation operation : draft.operations()) {
            Set<String> names = new LinkedHashSet<>();
            for (var response : operation.node().path("responses").properties()) {
                if (response.getKey().startsWith("2")) {
                    String name = Shape.referenced(draft.jsonSchema(response.getValue()));
                    if (name != null) {
                        names.add(name);
                    }
                }
            }
            names.forEach(name ->
                    readers.computeIfAbsent(name, key -> new ArrayList<>()).add(operation));
        }
        draft.visit(slot -> {
            String name = Shape.referenced(slot.schema());
            boolean response = slot.place().segments().contains("responses");
            if (name != null && !response) {
                reads.merge(name, 1, Integer::sum);
            }
        });
        readers.forEach((name, operations) -> {
            ObjectNode schema = draft.named(name);
            if (schema == null) {
                return;
            }
            boolean marked = schema.path(Shape.COLLECTION).asBoolean();
            if (operations.stream().allMatch(operation -> isPaged(operation, schema, draft))) {
                schema.put(Shape.COLLECTION, true);
                return;
            }
            if (marked && !schema.path("properties").path("value").has("items")) {
                draft.find(
                        Shape.place(name).child("properties"),
                        "the items of a page are in the member value unless " + PAGING
                                + " names another; add items: NAME"
                                + " there, or remove " + Shape.COLLECTION + " and use the strategy none, with which a"
                                + " call returns the page as an object");
            }
            if (schema.has(Shape.COLLECTION)
                    || !hasShape(schema, draft)
                    || draft.schemas().path(name).has("$ref")) {
                return;
            }
            boolean all = operations.stream()
                    .allMatch(operation -> operation.method().equals("get")
                            && !operation
                                    .node()
                                    .path(PAGING)
                                    .path("strategy")
                                    .asText("")
                                    .equals("none"));
            if (all && !reads.containsKey(name)) {
                schema.put(Shape.COLLECTION, true);
            } else {
                draft.note(
                        Shape.place(name),
                        "the schema has the shape of a page, but is also used in another way, so pages are not"
                                + " followed.");
            }
        });
    }

    private static boolean hasShape(ObjectNode schema, Draft draft) {
        JsonNode properties = schema.path("properties");
        boolean link = Shape.isType(draft.followed(properties.path("@odata.nextLink")), "string");
        return Shape.isObject(schema)
                && Shape.isType(properties.path("value"), "array")
                && !Shape.isType(draft.followed(properties.path("value").path("items")), "array")
                && (link || isControlled(properties));
    }

    /** Returns whether all members besides the items are control information of OData. */
    private static boolean isControlled(JsonNode properties) {
        boolean controlled = true;
        for (var entry : properties.properties()) {
            controlled &= entry.getKey().equals("value") || entry.getKey().startsWith("@");
        }
        return controlled;
    }

    /** Returns whether the description says that a response has pages, and names the list of their items. */
    private static boolean isPaged(Draft.Operation operation, ObjectNode schema, Draft draft) {
        JsonNode paging = operation.node().path(PAGING);
        if (paging.path("strategy").asText("none").equals("none") || !Shape.isObject(schema)) {
            return false;
        }
        JsonNode at = schema;
        String items = paging.path("items").asText("value");
        for (String name : items.startsWith("/") ? Pointer.parse(items).segments() : List.of(items)) {
            at = draft.followed(at.path("properties").path(name));
        }
        return Shape.isType(at, "array");
    }

    private static @Nullable String collection(Draft.Operation operation, Draft draft) {
        for (var response : operation.node().path("responses").properties()) {
            if (response.getKey().startsWith("2")) {
                String name = Shape.referenced(draft.jsonSchema(response.getValue()));
                ObjectNode schema = draft.named(name);
                return schema != null && schema.path(Shape.COLLECTION).asBoolean() ? name : null;
            }
        }
        return null;
    }
}
