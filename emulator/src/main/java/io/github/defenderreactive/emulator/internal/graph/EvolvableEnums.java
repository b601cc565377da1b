package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values of enumerations that came after the sentinel {@code unknownFutureValue}. A caller that does not prefer them
 * gets the sentinel in their place; filters compare with the value itself.
 */
public final class EvolvableEnums {

    static final String PREFERENCE = "include-unknown-enum-members";

    private static final String SENTINEL = "unknownFutureValue";

    private final Description description;

    EvolvableEnums(Description description) {
        this.description = description;
    }

    /** Returns whether a header {@code Prefer} has the preference, alone or among others. */
    public static boolean preferred(@Nullable String header) {
        return header != null
                && Stream.of(header.split(","))
                        .anyMatch(preference ->
                                preference.split(";", 2)[0].strip().equalsIgnoreCase(PREFERENCE));
    }

    /** Returns a row in the form for the caller. */
    Row shown(OperationCall call, Row row) {
        Node schema = call.operation().itemSchema();
        if (call.unknownMembers() || schema == null) {
            return row;
        }
        return new Row() {
            @Override
            public @Nullable Object get(String member) {
                return row.get(member);
            }

            @Override
            @SuppressWarnings("unchecked") // names of members are texts
            public Map<String, @Nullable Object> members() {
                return (Map<String, @Nullable Object>) Objects.requireNonNull(
                        hidden(schema, JsonValue.from(row).toJava()));
            }

            @Override
            public void writeMembers(JsonWriter out) {
                Values.writeMembers(out, members());
            }
        };
    }

    private @Nullable Object hidden(Node reference, @Nullable Object value) {
        Node schema = description.resolve(reference);
        if (value instanceof String word) {
            return isLate(schema, word) ? SENTINEL : word;
        } else if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> hidden(schema.get("items"), element))
                    .toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Node> properties = members(schema, map);
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> {
                Node property = properties.get(name);
                members.put((String) name, property == null ? member : hidden(property, member));
            });
            return members;
        }
        return value;
    }

    private Map<String, Node> members(Node schema, Map<?, ?> value) {
        Node discriminator = schema.get("discriminator");
        if (!discriminator.present()) {
            return schema.get("properties").members();
        }
        Object kind = value.get(discriminator.get("propertyName").text());
        String target = discriminator.get("mapping").get(String.valueOf(kind)).text();
        return target == null
                ? Map.of()
                : description
                        .resolve(schema.reference(target))
                        .get("properties")
                        .members();
    }

    private static boolean isLate(Node schema, String word) {
        List<String> values = schema.get("enum").texts();
        int sentinel = values.indexOf(SENTINEL);
        return sentinel >= 0
                && values.indexOf(word) > sentinel
                && !schema.get("x-defender-legacy").texts().contains(word);
    }
}
