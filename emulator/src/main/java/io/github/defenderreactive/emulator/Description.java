package io.github.defenderreactive.emulator;

import io.github.defenderreactive.runtime.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The bundled API description: what may be called, with which parameters and permissions. */
final class Description {

    private static final String RESOURCE = "/META-INF/defender-reactive/defender-endpoint.json";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String REFERENCE = "$ref";

    private final Node root;
    private final List<ApiOperation> operations = new ArrayList<>();

    private Description(Node root) {
        this.root = root;
        root.get("paths")
                .members()
                .forEach((path, item) -> item.members().forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(operation(path, method, item, operation));
                    }
                }));
    }

    private static final class Bundled {
        private static final Description DESCRIPTION = read();
    }

    /** The description on the class path, read once. */
    static Description load() {
        return Bundled.DESCRIPTION;
    }

    private static Description read() {
        try (InputStream in = Description.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("No API description on the class path: " + RESOURCE);
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Description of(String json) {
        return new Description(new Node(JsonValue.of(json).toJava()));
    }

    List<ApiOperation> operations() {
        return Collections.unmodifiableList(operations);
    }

    ApiOperation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No operation " + id));
    }

    /** All application permissions that any operation asks for, sorted. */
    List<String> permissions() {
        Set<String> all = new TreeSet<>();
        operations.forEach(operation -> all.addAll(operation.permissions()));
        return List.copyOf(all);
    }

    /** The schema itself: references followed, a nullable reference unwrapped. */
    Node resolve(Node schema) {
        Node current = schema;
        while (true) {
            String reference = current.get(REFERENCE).text();
            if (reference != null) {
                current = target(reference);
            } else if (current.get("oneOf").elements().size() == 2
                    && "null"
                            .equals(current.get("oneOf")
                                    .elements()
                                    .get(1)
                                    .get("type")
                                    .text())) {
                current = current.get("oneOf").elements().get(0);
            } else {
                return current;
            }
        }
    }

    private Node target(String reference) {
        Node node = root;
        for (String step : reference.substring("#/".length()).split("/")) {
            node = node.get(step.replace("~1", "/").replace("~0", "~"));
        }
        if (!node.present()) {
            throw new IllegalStateException("Dangling reference in the API description: " + reference);
        }
        return node;
    }

    private ApiOperation operation(String path, String method, Node item, Node operation) {
        Map<String, Node> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Node holder : List.of(item, operation)) {
            for (Node parameter : holder.get("parameters").elements()) {
                Node resolved = resolve(parameter);
                if ("query".equals(resolved.get("in").text())) {
                    query.put(resolved.get("name").requiredText(), resolved);
                }
            }
        }
        int status = 0;
        Node schema = new Node(null);
        for (Map.Entry<String, Node> response :
                operation.get("responses").members().entrySet()) {
            if (response.getKey().startsWith("2")) {
                status = Math.max(status, Integer.parseInt(response.getKey()));
                Node found = schemaOf(resolve(response.getValue()));
                schema = found.present() ? found : schema;
            }
        }
        boolean collection = resolve(schema).get("x-defender-collection").isTrue();
        Node itemSchema =
                collection ? resolve(schema).get("properties").get("value").get("items") : schema;
        Node quota = operation.get("x-defender-quota");
        Node body = resolve(operation.get("requestBody"));
        String id = operation.get("operationId").requiredText();
        String group = quota.get("group").text();
        return new ApiOperation(
                id,
                method.toUpperCase(Locale.ROOT),
                path,
                operation.get("x-defender-permissions").get("application").texts(),
                group == null ? id : group,
                quota.get("perMinute").integer(),
                quota.get("perHour").integer(),
                query,
                operation.get("x-defender-filterable").texts(),
                present(schemaOf(body)),
                body.get("required").isTrue(),
                body.get("content").get("multipart/form-data").present(),
                present(itemSchema),
                collection,
                status);
    }

    private static @Nullable Node present(Node node) {
        return node.present() ? node : null;
    }

    private static Node schemaOf(Node bodyOrResponse) {
        for (Node media : bodyOrResponse.get("content").members().values()) {
            return media.get("schema");
        }
        return new Node(null);
    }
}
