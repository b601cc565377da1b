package io.github.defenderreactive.apispec.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Types of an API as plain figures: names of types, members and their types, values of enumerations. As text, one line for
 * each type, member and enumeration, so that a change is a line of a diff.
 *
 * @param types by name
 * @param enumerations their values in order, by name
 */
record Figures(Map<String, Type> types, Map<String, List<String>> enumerations) {

    /**
     * A type with all its members, those of its base included.
     *
     * @param discriminator its {@code @odata.type} where that tells it apart from others, else empty
     * @param members types by name: one of {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code Double},
     *     {@code OffsetDateTime}, {@code UUID}, the name of a type or an enumeration, or {@code List<one of these>}
     */
    record Type(String discriminator, Map<String, String> members) {}

    static Figures parse(String text) {
        Map<String, Type> types = new TreeMap<>();
        Map<String, List<String>> enumerations = new TreeMap<>();
        Map<String, String> members = new TreeMap<>();
        for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
            String[] words = line.strip().split(" +");
            if (line.startsWith(" ")) {
                members.put(words[0], words[1]);
            } else if (words[0].equals("type")) {
                members = new TreeMap<>();
                types.put(words[1], new Type(words.length > 2 ? words[2] : "", members));
            } else if (words[0].equals("enum")) {
                enumerations.put(words[1], List.of(Arrays.copyOfRange(words, 2, words.length)));
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("Not a line of figures: " + line);
            }
        }
        return new Figures(types, enumerations);
    }

    String text() {
        List<String> lines = new ArrayList<>();
        types.forEach((name, type) -> {
            lines.add(("type " + name + " " + type.discriminator()).strip());
            type.members().forEach((member, of) -> lines.add("  " + member + " " + of));
        });
        enumerations.forEach((name, values) -> lines.add("enum " + name + " " + String.join(" ", values)));
        return String.join("\n", lines) + "\n";
    }
}
