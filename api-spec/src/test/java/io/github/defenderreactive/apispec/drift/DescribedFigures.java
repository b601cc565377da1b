package io.github.defenderreactive.apispec.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The figures of a description, its types under the names that they have in the SDK. */
final class DescribedFigures {

    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode schemas;
    private final Map<String, String> sdkNames;
    private final Map<String, String> discriminators = new HashMap<>();

    private DescribedFigures(JsonNode schemas, Map<String, String> sdkNames) {
        this.schemas = schemas;
        this.sdkNames = sdkNames;
        schemas.forEach(schema -> schema.at("/discriminator/mapping")
                .properties()
                .forEach(entry -> discriminators.put(name(entry.getValue().asText()), entry.getKey())));
    }

    /**
     * Reads everything but the envelopes of collections.
     *
     * @param sdkNames names of the SDK by names of schemas, where they differ
     */
    static Figures of(JsonNode schemas, Map<String, String> sdkNames) {
        return new DescribedFigures(schemas, sdkNames).read();
    }

    private Figures read() {
        Map<String, Figures.Type> types = new TreeMap<>();
        Map<String, List<String>> enumerations = new TreeMap<>();
        schemas.properties().forEach(entry -> {
            JsonNode schema = entry.getValue();
            String name = sdkName(entry.getKey());
            if (schema.has("enum")) {
                enumerations.put(name, texts(schema.path("enum")));
            } else if (!schema.path("x-defender-collection").asBoolean()) {
                types.put(name, type(entry.getKey(), schema));
            }
        });
        return new Figures(types, enumerations);
    }

    private Figures.Type type(String name, JsonNode schema) {
        Map<String, String> members = new TreeMap<>();
        schema.path("properties").properties().forEach(property -> {
            // The SDK has it in every type, and tells types apart by it as the unions here do.
            if (!property.getKey().equals("@odata.type")) {
                members.put(property.getKey(), of(property.getValue()));
            }
        });
        return new Figures.Type(discriminators.getOrDefault(name, ""), members);
    }

    private String of(JsonNode schema) {
        if (schema.path("x-defender-any").asBoolean()) {
            return "any";
        }
        if (schema.has("oneOf")) {
            return of(schema.path("oneOf").path(0));
        }
        if (schema.has("$ref")) {
            return sdkName(name(schema.path("$ref").asText()));
        }
        String format = schema.path("format").asText();
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
            case "string" -> format.equals("date-time") ? "OffsetDateTime" : "String";
            case "integer" -> format.equals("int32") ? "Integer" : "Long";
            case "number" -> "Double";
            case "boolean" -> "Boolean";
            case "array" -> "List<" + of(schema.path("items")) + ">";
            default -> throw new IllegalArgumentException("No figure for " + schema);
        };
    }

    private String sdkName(String schema) {
        return sdkNames.getOrDefault(schema, schema);
    }

    private static String name(String reference) {
        return reference.startsWith(SCHEMAS) ? reference.substring(SCHEMAS.length()) : reference;
    }

    private static List<String> texts(JsonNode list) {
        return new ArrayList<>(StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    }
}
