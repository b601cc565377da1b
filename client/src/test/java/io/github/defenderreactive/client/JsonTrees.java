package io.github.defenderreactive.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** Two JSON trees are equal: strings identical, numbers by value, order of members free. A null member is a member. */
public final class JsonTrees {

    private JsonTrees() {}

    /** A text that is the same for equal trees. */
    public static String canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, String> members = new TreeMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
            return members.toString();
        }
        if (node instanceof ArrayNode array) {
            StringBuilder out = new StringBuilder("[");
            array.forEach(element -> out.append(canonical(element)).append('\n'));
            return out.append(']').toString();
        }
        if (node.isNumber()) {
            return node.decimalValue().stripTrailingZeros().toString();
        }
        return node.toString();
    }
}
