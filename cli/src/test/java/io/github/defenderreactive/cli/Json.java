package io.github.defenderreactive.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** JSON for comparison in tests. */
public final class Json {

    private static final ObjectMapper TREES =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    public static JsonNode tree(byte[] json) throws IOException {
        return TREES.readTree(json);
    }

    public static JsonNode tree(String json) throws IOException {
        return TREES.readTree(json);
    }

    /** Returns the items of a collection or of a list, or a single entity. */
    public static List<JsonNode> items(JsonNode answer) {
        JsonNode items = answer.path("value").isArray() ? answer.path("value") : answer;
        return items.isArray() ? items.valueStream().toList() : List.of(answer);
    }

    /** Returns a form that ignores the order of members, null members and the notation of numbers. */
    public static String canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, String> members = new TreeMap<>();
            object.properties().forEach(member -> {
                if (!member.getValue().isNull()) {
                    members.put(member.getKey(), canonical(member.getValue()));
                }
            });
            return members.toString();
        }
        if (node instanceof ArrayNode array) {
            return array.valueStream().map(Json::canonical).toList().toString();
        }
        return node.isNumber() ? node.decimalValue().stripTrailingZeros().toString() : node.toString();
    }
}
