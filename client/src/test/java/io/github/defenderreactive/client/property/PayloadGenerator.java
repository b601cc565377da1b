package io.github.defenderreactive.client.property;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Payloads that a schema allows, and payloads that a service sends all the same. */
final class PayloadGenerator {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 4;
    private static final String SCHEMAS = "#/components/schemas/";
    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "0",
            "null",
            "ünïcödé 🚢",
            "line\nbreak\ttab",
            "quote\" and \\ backslash",
            "\u0000\u001f\u2028",
            "<b>&amp;</b>",
            "a".repeat(5_000));
    private static final List<String> EXTRA_NAMES = List.of(
            "newMember",
            "@odata.type",
            "@odata.id",
            "id@odata.type",
            "value@odata.nextLink",
            "NEW_member",
            "",
            "ключ",
            "a b\"c\\d",
            "Id",
            "iD");
    private static final List<String> TIMES = List.of(
            "2026-03-02T08:20:41.1234567Z",
            "2026-03-02T08:20:41Z",
            "2026-03-02T08:20:41.5Z",
            "2026-03-02T08:20:41.500Z",
            "2026-03-02T08:20:41.000000000Z",
            "2026-03-02T10:20:41+02:00",
            "2026-03-02T08:20:41",
            "2026-03-02 08:20:41.123",
            "2026-03-02",
            "2026-03-02Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.9999999Z",
            "2026-03-02T08:20:41.123456789012Z",
            "2026-03-02T24:00:00Z",
            "2026-03-02T08:20:60Z",
            "2026-02-30T08:20:00Z",
            "03/02/2026 08:20:41",
            "/Date(1772439641123)/",
            "0000-00-00",
            "-0001-01-01T00:00:00Z",
            "yesterday");

    private final JsonNode schemas;
    private final Random random;

    PayloadGenerator(JsonNode schemas, Random random) {
        this.schemas = schemas;
        this.random = random;
    }

    /** An object with members as documented, in odd forms, missing, null, unknown, in other spellings, in any order. */
    ObjectNode object(JsonNode schema) {
        return object(schema, 0);
    }

    private ObjectNode object(JsonNode schema, int depth) {
        if (schema.has("discriminator")) {
            return union(schema, depth);
        }
        int oddity = random.nextInt(8);
        List<String> names = new ArrayList<>();
        List<JsonNode> values = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            if (random.nextInt(10) > 0) {
                names.add(spelled(property.getKey(), property.getValue(), schema));
                values.add(random.nextInt(8) < oddity ? odd(depth) : value(property.getValue(), depth));
                if (random.nextInt(40) == 0) {
                    names.add(spelled(property.getKey(), property.getValue(), schema));
                    values.add(value(property.getValue(), depth));
                }
            }
        });
        for (int i = random.nextInt(3); i > 0; i--) {
            names.add(pick(EXTRA_NAMES));
            values.add(anything(depth));
        }
        ObjectNode object = JSON.objectNode();
        while (!names.isEmpty()) {
            int next = random.nextInt(4) == 0 ? random.nextInt(names.size()) : 0;
            object.set(names.remove(next), values.remove(next));
        }
        return object;
    }

    private ObjectNode union(JsonNode schema, int depth) {
        List<String> cases = new ArrayList<>();
        schema.at("/discriminator/mapping").properties().forEach(entry -> cases.add(entry.getKey()));
        String property = schema.at("/discriminator/propertyName").asText();
        String chosen = pick(cases);
        ObjectNode object =
                object(named(schema.at("/discriminator/mapping").path(chosen).asText()), depth);
        switch (random.nextInt(8)) {
            case 0 -> object.put(property, "neverHeardOf");
            case 1 -> object.remove(property);
            case 2 -> object.set(property, odd(depth));
            default -> object.put(property, chosen);
        }
        return object;
    }

    /** A name under which the service may send a property. */
    private String spelled(String name, JsonNode property, JsonNode schema) {
        List<String> spellings = spellings(name, property, schema);
        return random.nextInt(4) == 0 ? pick(spellings) : name;
    }

    static List<String> spellings(String name, JsonNode property, JsonNode schema) {
        List<String> spellings = new ArrayList<>(List.of(name));
        property.path("x-defender-spellings").forEach(other -> spellings.add(other.asText()));
        if (schema.path("x-defender-case").asText().equals("either")) {
            char first = name.charAt(0);
            char other = Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
            spellings.add(other + name.substring(1));
        }
        return spellings;
    }

    /** A value as documented, or null. */
    JsonNode value(JsonNode schema, int depth) {
        if (random.nextInt(12) == 0) {
            return NullNode.getInstance();
        }
        if (schema.has("$ref")) {
            return value(named(schema.path("$ref").asText()), depth);
        }
        if (schema.has("discriminator")) {
            return depth > DEEPEST ? JSON.objectNode() : object(schema, depth + 1);
        }
        if (schema.has("oneOf")) {
            return value(schema.path("oneOf").path(0), depth);
        }
        if (schema.path("x-defender-any").asBoolean()) {
            return anything(depth);
        }
        if (schema.has("enum")) {
            return JSON.textNode(
                    random.nextInt(5) == 0
                            ? "NewValue" + random.nextInt(3)
                            : schema.path("enum")
                                    .path(random.nextInt(schema.path("enum").size()))
                                    .asText());
        }
        return switch (type(schema)) {
            case "string" -> JSON.textNode(schema.path("format").asText().equals("date-time") ? pick(TIMES) : text());
            case "integer" -> integer(schema.path("format").asText().equals("int32"));
            case "number" -> number();
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "array" -> array(schema.path("items"), depth);
            case "object" -> depth > DEEPEST ? JSON.objectNode() : object(schema, depth + 1);
            default -> throw new IllegalArgumentException("A schema without a type: " + schema);
        };
    }

    private JsonNode array(JsonNode items, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = depth > DEEPEST ? 0 : random.nextInt(4); i > 0; i--) {
            array.add(random.nextInt(20) == 0 ? odd(depth) : value(items, depth));
        }
        return array;
    }

    /** What a service sends where something else is documented: numbers and truth values as texts, other kinds. */
    JsonNode odd(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.textNode(Long.toString(random.nextLong()));
            case 1 ->
                JSON.textNode(
                        pick(List.of("true", "False", "TRUE", "7.50", "-1e3", "08", " 7 ", "0x7", "NaN", "1e400")));
            case 2 -> JSON.textNode(pick(TIMES));
            case 3 -> number();
            case 4 -> integer(false);
            case 5 -> JSON.booleanNode(random.nextBoolean());
            case 6 -> JSON.arrayNode().add(JSON.objectNode()).add(text()).addNull();
            case 7 -> anything(depth);
            default -> JSON.objectNode().put("value", "in a box").putNull("nothing");
        };
    }

    private JsonNode anything(int depth) {
        if (depth > DEEPEST) {
            return JSON.textNode("deep");
        }
        return switch (random.nextInt(6)) {
            case 0 -> JSON.arrayNode().add(anything(depth + 1)).add(JSON.arrayNode());
            case 1 -> {
                ObjectNode object = JSON.objectNode();
                object.set("id", anything(depth + 1));
                object.putObject("empty");
                yield object;
            }
            case 2 -> number();
            case 3 -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.textNode(text());
        };
    }

    private String text() {
        return random.nextInt(4) == 0 ? pick(ODD_TEXTS) : "text-" + random.nextInt(1_000);
    }

    private JsonNode integer(boolean small) {
        return switch (random.nextInt(6)) {
            case 0 -> JSON.numberNode(0);
            case 1 -> JSON.numberNode(small ? Integer.MAX_VALUE : Long.MAX_VALUE);
            case 2 -> JSON.numberNode(small ? Integer.MIN_VALUE : Long.MIN_VALUE);
            case 3 -> JSON.numberNode(new BigInteger("9007199254740993"));
            case 4 -> JSON.numberNode(new BigInteger("123456789012345678901234567890"));
            default -> JSON.numberNode(random.nextInt(100_000));
        };
    }

    private JsonNode number() {
        return JSON.numberNode(
                switch (random.nextInt(8)) {
                    case 0 -> new BigDecimal("0.1");
                    case 4 -> new BigDecimal("1E+400");
                    case 5 -> new BigDecimal("1E-400");
                    case 6 -> new BigDecimal("33.491554051195706");
                    case 1 -> new BigDecimal("3.14159265358979323846264338327950288");
                    case 2 -> new BigDecimal("-1.5E-12");
                    case 3 -> new BigDecimal("1E+30");
                    default -> BigDecimal.valueOf(random.nextInt(1_000), 2);
                });
    }

    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asText() : type.asText();
    }

    private JsonNode named(String reference) {
        return schemas.path(reference.startsWith(SCHEMAS) ? reference.substring(SCHEMAS.length()) : reference);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
