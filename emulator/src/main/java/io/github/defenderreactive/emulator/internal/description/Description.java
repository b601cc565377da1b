package io.github.defenderreactive.emulator.internal.description;

import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bundled API descriptions with their operations, parameters and permissions. Each is a separate document with its
 * own references.
 */
public final class Description {

    private static final String RESOURCES = "/META-INF/defender-reactive/";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final Map<ServedApi, Node> roots;
    private final List<ApiOperation> operations = new ArrayList<>();

    private Description(Map<ServedApi, Node> roots) {
        this.roots = roots;
        roots.forEach((api, root) -> root.get("paths")
                .members()
                .forEach((path, item) -> item.members().forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(operation(api, path, method, item, operation));
                    }
                })));
    }

    private static final class Bundled {
        private static final Description DESCRIPTION = read();
    }

    /** Returns the descriptions on the class path, read once. */
    public static Description load() {
        return Bundled.DESCRIPTION;
    }

    private static Description read() {
        Map<ServedApi, Node> roots = new EnumMap<>(ServedApi.class);
        for (ServedApi api : ServedApi.values()) {
            roots.put(api, read(RESOURCES + api.id() + ".json"));
        }
        return new Description(roots);
    }

    private static Node read(String resource) {
        try (InputStream in = Description.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("API description " + resource + " is missing on the class path");
            }
            return new Node(JsonValue.of(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .toJava());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<ApiOperation> operations() {
        return Collections.unmodifiableList(operations);
    }

    /** Returns an operation by its id. */
    public ApiOperation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("id must be the id of an operation, was '" + id + "'"));
    }

    /** Returns all application permissions that any operation of an API accepts, sorted. */
    public List<String> permissions(ServedApi api) {
        return all(api, ApiOperation::permissions);
    }

    /** Returns all delegated permissions that any operation of an API accepts, sorted. */
    public List<String> delegatedPermissions(ServedApi api) {
        return all(api, ApiOperation::delegatedPermissions);
    }

    private List<String> all(ServedApi api, Function<ApiOperation, List<String>> permissions) {
        Set<String> all = new TreeSet<>();
        operations.stream()
                .filter(operation -> operation.api() == api)
                .forEach(operation -> all.addAll(permissions.apply(operation)));
        return List.copyOf(all);
    }

    /** Returns the schema itself: references followed, a nullable reference unwrapped. */
    public Node resolve(Node schema) {
        Node current = schema.followed();
        List<Node> choices = current.get("oneOf").elements();
        return choices.size() == 2 && "null".equals(choices.get(1).get("type").text())
                ? resolve(choices.get(0))
                : current;
    }

    /** Returns a schema by its name. */
    public Node schema(ServedApi api, String name) {
        return Objects.requireNonNull(roots.get(api)).reference("#/components/schemas/" + name);
    }

    private ApiOperation operation(ServedApi api, String path, String method, Node item, Node operation) {
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
        boolean plainText = false;
        for (Map.Entry<String, Node> response :
                operation.get("responses").members().entrySet()) {
            if (response.getKey().startsWith("2")) {
                status = Math.max(status, Integer.parseInt(response.getKey()));
                Node success = resolve(response.getValue());
                Node found = schemaOf(success);
                plainText |= success.get("content").get("text/plain").present();
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
        Node paging = operation.get("x-defender-paging");
        return new ApiOperation(
                api,
                id,
                method.toUpperCase(Locale.ROOT),
                path,
                operation.get("x-defender-permissions").get("application").texts(),
                operation.get("x-defender-permissions").get("delegated").texts(),
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
                plainText,
                status,
                paging.get("strategy").requiredText(),
                paging.get("maxPageSize").integer(),
                paging.get("linkPath").text());
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
