package io.github.defenderreactive.client.property;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** An object or a union of a description, and the class generated from it. */
public record DescribedModel(
        Api api, String name, JsonNode schema, JsonNode schemas, JsonDecoder<JsonEncodable> decoder) {

    private static final Map<String, String> PACKAGES = Map.of(
            "defender-endpoint", "io.github.defenderreactive.client.model",
            "graph-security", "io.github.defenderreactive.client.graph.model",
            "defender-xdr", "io.github.defenderreactive.client.xdr.model");

    static Stream<DescribedModel> all() {
        return Stream.of(Api.values()).flatMap(DescribedModel::of);
    }

    private static Stream<DescribedModel> of(Api api) {
        JsonNode bundle = bundle(api.id());
        Set<String> forms = forms(bundle);
        JsonNode schemas = bundle.at("/components/schemas");
        List<DescribedModel> models = new ArrayList<>();
        schemas.properties().forEach(entry -> {
            JsonNode schema = entry.getValue();
            boolean model = isObject(schema) || schema.has("discriminator");
            if (model && !schema.path("x-defender-collection").asBoolean() && !forms.contains(entry.getKey())) {
                models.add(new DescribedModel(api, entry.getKey(), schema, schemas, decoder(api, entry.getKey())));
            }
        });
        return models.stream();
    }

    private static boolean isObject(JsonNode schema) {
        return schema.path("type").asText().equals("object");
    }

    private static JsonNode bundle(String api) {
        String resource = "/META-INF/defender-reactive/" + api + ".json";
        try (InputStream in = DescribedModel.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Multipart bodies have a class of another kind. */
    private static Set<String> forms(JsonNode bundle) {
        Set<String> forms = new HashSet<>();
        bundle.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    String reference = operation
                            .at("/requestBody/content/multipart~1form-data/schema/$ref")
                            .asText();
                    forms.add(reference.substring(reference.lastIndexOf('/') + 1));
                }));
        return forms;
    }

    /** Reads values of the class that is generated for a schema. */
    public static JsonDecoder<JsonEncodable> decoder(Api api, String name) {
        try {
            Class<?> type = Class.forName(PACKAGES.get(api.id()) + "." + name);
            Method read = type.getMethod("read", JsonReader.class);
            var handle = MethodHandles.lookup().unreflect(read);
            return in -> {
                try {
                    return (JsonEncodable) handle.invoke(in);
                } catch (RuntimeException | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("No class is generated for schema " + name + " of " + api.id(), e);
        }
    }

    boolean isUnion() {
        return schema.has("discriminator");
    }

    @Override
    public String toString() {
        return api.id() + " " + name;
    }
}
