package io.github.defenderreactive.cli.internal.drift;

import io.github.defenderreactive.runtime.drift.DriftType;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schemas of an API description. */
final class SchemaTypes {

    private final Map<?, ?> schemas;

    private SchemaTypes(Map<?, ?> schemas) {
        this.schemas = schemas;
    }

    /** Reads the schemas of one of the bundled descriptions. */
    static SchemaTypes of(String api) {
        String resource = "/META-INF/defender-reactive/" + api + ".json";
        try (InputStream in = SchemaTypes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("API description " + resource + " is missing on the class path");
            }
            Object document = JsonValue.of(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .toJava();
            return new SchemaTypes(map(map(map(document).get("components")).get("schemas")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of the schemas of objects, without those of pages. */
    List<String> objects() {
        List<String> names = new ArrayList<>();
        schemas.forEach((name, schema) -> {
            if (map(schema).containsKey("properties") && !map(schema).containsKey("x-defender-collection")) {
                names.add(String.valueOf(name));
            }
        });
        return names;
    }

    /** Returns the schemas of the members of a schema. */
    Map<String, Map<?, ?>> members(String schema) {
        Map<String, Map<?, ?>> members = new LinkedHashMap<>();
        map(map(schemas.get(schema)).get("properties"))
                .forEach((name, member) -> members.put(String.valueOf(name), resolved(map(member))));
        return members;
    }

    /** Returns the name of the enumeration that a member refers to, or null. */
    @Nullable
    String enumeration(String schema, String member) {
        Map<?, ?> named =
                withoutNull(map(map(map(schemas.get(schema)).get("properties")).get(member)));
        Map<?, ?> of = named.get("items") instanceof Map<?, ?> items ? withoutNull(items) : named;
        String name = reference(of);
        return name != null && map(schemas.get(name)).containsKey("enum") ? name : null;
    }

    /** Returns the values of an enumeration. */
    List<?> values(String enumeration) {
        return map(schemas.get(enumeration)).get("enum") instanceof List<?> values ? values : List.of();
    }

    /** Returns the type of the values of a schema, or null if they may have any type. */
    static @Nullable DriftType type(Map<?, ?> schema) {
        Object type = schema.get("type") instanceof List<?> types
                ? types.stream()
                        .map(String::valueOf)
                        .filter(name -> !name.equals("null"))
                        .findFirst()
                        .orElse("")
                : schema.get("type");
        if (type == null) {
            return schema.containsKey("properties") || schema.containsKey("oneOf") ? DriftType.OBJECT : null;
        }
        return switch (type.toString()) {
            case "string" -> DriftType.TEXT;
            case "integer" -> DriftType.WHOLE_NUMBER;
            case "number" -> DriftType.NUMBER;
            case "boolean" -> DriftType.BOOLEAN;
            case "array" -> DriftType.LIST;
            case "object" -> DriftType.OBJECT;
            default -> null;
        };
    }

    private Map<?, ?> resolved(Map<?, ?> schema) {
        Map<?, ?> plain = withoutNull(schema);
        String name = reference(plain);
        return name == null ? plain : map(schemas.get(name));
    }

    /** Returns the other alternative of {@code oneOf} with null. */
    private static Map<?, ?> withoutNull(Map<?, ?> schema) {
        if (schema.get("oneOf") instanceof List<?> alternatives) {
            List<?> others = alternatives.stream()
                    .filter(one -> !"null".equals(map(one).get("type")))
                    .toList();
            if (others.size() == 1) {
                return map(others.get(0));
            }
        }
        return schema;
    }

    private static @Nullable String reference(Map<?, ?> schema) {
        return schema.get("$ref") instanceof String ref ? ref.substring(ref.lastIndexOf('/') + 1) : null;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
