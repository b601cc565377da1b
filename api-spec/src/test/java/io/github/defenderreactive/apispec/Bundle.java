package io.github.defenderreactive.apispec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bundled description, as users of the jar get it. */
public final class Bundle {

    private static final List<String> APIS = List.of("defender-endpoint", "graph-security", "defender-xdr");

    private final JsonNode root;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    private Bundle(JsonNode root) {
        this.root = root;
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    Operation operation =
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
                    operations.put(operation.id(), operation);
                }));
    }

    /** The APIs that are described, by the names of their directories. */
    public static List<String> apis() {
        return APIS;
    }

    public static Bundle load(String api) {
        try (InputStream in = url(api, "json").openStream()) {
            return new Bundle(JsonMapper.builder().build().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static URL url(String api, String extension) {
        URL url = Bundle.class.getResource("/META-INF/defender-reactive/" + api + "." + extension);
        if (url == null) {
            throw new IllegalStateException("The bundle of " + api + " is not on the class path");
        }
        return url;
    }

    JsonNode root() {
        return root;
    }

    public JsonNode components() {
        return root.path("components");
    }

    /** The operations by id, in the order of the description. */
    public Map<String, Operation> operations() {
        return operations;
    }
}
