package io.github.defenderreactive.emulator.internal.description;

import io.github.defenderreactive.emulator.internal.json.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads schemas of the API descriptions. */
public final class Schemas {

    public static final String DISCRIMINATOR = "discriminator";

    private Schemas() {}

    /** Returns the property of a name, which may be another known spelling; null if there is none. */
    public static @Nullable String property(Node schema, Map<String, Node> properties, String name) {
        if (properties.containsKey(name)) {
            return name;
        }
        boolean either = eitherCase(schema);
        return properties.entrySet().stream()
                .filter(entry -> either && sameButForTheFirstLetter(entry.getKey(), name)
                        || entry.getValue().get("x-defender-spellings").texts().contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Returns whether the first letter of names may be a capital. */
    public static boolean eitherCase(Node schema) {
        return "either".equals(schema.get("x-defender-case").text());
    }

    private static boolean sameButForTheFirstLetter(String one, String other) {
        return one.equalsIgnoreCase(other) && one.regionMatches(1, other, 1, one.length() - 1);
    }

    public static boolean nullable(Node schema) {
        return types(schema).contains("null")
                || schema.get("x-defender-any").isTrue()
                || schema.get("oneOf").elements().stream()
                        .anyMatch(choice -> "null".equals(choice.get("type").text()));
    }

    public static List<String> types(Node schema) {
        String single = schema.get("type").text();
        return single == null ? schema.get("type").texts() : List.of(single);
    }
}
