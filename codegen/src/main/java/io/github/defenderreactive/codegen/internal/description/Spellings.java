package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.JavaText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The wire names of the properties of a schema: first the own names, then the other spellings. */
public final class Spellings {

    private static final String CASE = "x-defender-case";

    private final Map<String, Set<String>> others;

    private Spellings(Map<String, Set<String>> others) {
        this.others = others;
    }

    public static Spellings of(Element schema) {
        Map<String, Element> properties = schema.get("properties").members();
        boolean either = eitherCase(schema);
        Set<String> taken = new LinkedHashSet<>(properties.keySet());
        Map<String, Set<String>> others = new LinkedHashMap<>();
        properties.forEach((wire, property) -> {
            requirePlain(wire, property);
            Set<String> spellings = new LinkedHashSet<>();
            for (String spelling : property.get("x-defender-spellings").texts()) {
                requirePlain(spelling, property);
                if (!taken.add(spelling)) {
                    throw property.problem("spelling " + spelling + " is already used by a member");
                }
                spellings.add(spelling);
            }
            others.put(wire, spellings);
        });
        if (either) {
            others.forEach((wire, spellings) -> {
                String other = otherCase(wire);
                if (taken.add(other)) {
                    spellings.add(other);
                }
            });
        }
        Spellings result = new Spellings(others);
        if (result.bits() > Long.SIZE) {
            throw schema.problem("has more than " + Long.SIZE + " other spellings");
        }
        return result;
    }

    /** Readers compare names with the bytes on the wire, so a name must not need an escape. */
    private static void requirePlain(String name, Element property) {
        if (name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            throw property.problem("the name " + name + " must not need an escape in JSON");
        }
    }

    private static boolean eitherCase(Element schema) {
        if (schema.has(CASE) && !schema.get(CASE).text().equals("either")) {
            throw schema.get(CASE).problem("must be either");
        }
        return schema.has(CASE);
    }

    private static String otherCase(String wire) {
        String first = wire.substring(0, 1);
        String upper = first.toUpperCase(Locale.ROOT);
        return (first.equals(upper) ? first.toLowerCase(Locale.ROOT) : upper) + wire.substring(1);
    }

    public boolean isEmpty() {
        return bits() == 0;
    }

    private int bits() {
        return others.values().stream().mapToInt(Set::size).sum();
    }

    public List<String> names() {
        List<String> names = new ArrayList<>(others.keySet());
        others.values().forEach(names::addAll);
        return names;
    }

    /** Returns the spellings of a property, its own name first. */
    public List<Spelling> of(String wire) {
        List<String> names = names();
        int first = others.size();
        List<String> spellings = new ArrayList<>(List.of(wire));
        spellings.addAll(others.getOrDefault(wire, Set.of()));
        long mask = 0;
        for (String spelling : spellings.subList(1, spellings.size())) {
            mask |= 1L << (names.indexOf(spelling) - first);
        }
        List<Spelling> result = new ArrayList<>();
        for (String spelling : spellings) {
            int index = names.indexOf(spelling);
            long bit = index < first ? 0 : 1L << (index - first);
            result.add(new Spelling(index, JavaText.literal(spelling), bit, mask));
        }
        return result;
    }
}
