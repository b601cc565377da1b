package io.github.defenderreactive.apispec.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The differences between the SDK and a description, one line each. */
final class FiguresDifference {

    private static final String SENTINEL = "unknownFutureValue";

    private final Figures sdk;
    private final Figures described;
    private final Map<String, String> plain;
    private final List<String> lines = new ArrayList<>();

    private FiguresDifference(Figures sdk, Figures described, Map<String, String> plain) {
        this.sdk = sdk;
        this.described = described;
        this.plain = plain;
    }

    /**
     * Compares.
     *
     * @param plain types of the SDK that are described as something simpler: they need no description of their own
     */
    static List<String> between(Figures sdk, Figures described, Map<String, String> plain) {
        FiguresDifference difference = new FiguresDifference(sdk, described, plain);
        difference.compare();
        return difference.lines;
    }

    private void compare() {
        sdk.types().forEach((name, type) -> {
            Figures.Type other = described.types().get(name);
            if (other != null) {
                members(name, type, other);
            } else if (!plain.containsKey(name)) {
                lines.add(name + " is not described");
            }
        });
        sdk.enumerations().forEach((name, values) -> {
            List<String> other = described.enumerations().get(name);
            if (other == null) {
                lines.add(name + " is not described");
            } else {
                values(name, values, other);
            }
        });
        TreeSet<String> others = new TreeSet<>(described.types().keySet());
        others.addAll(described.enumerations().keySet());
        others.removeAll(sdk.types().keySet());
        others.removeAll(sdk.enumerations().keySet());
        others.forEach(name -> lines.add(name + " is only described"));
    }

    private void members(String name, Figures.Type type, Figures.Type other) {
        if (!type.discriminator().equals(other.discriminator())) {
            lines.add(name + " is told apart by '" + type.discriminator() + "', described as '" + other.discriminator()
                    + "'");
        }
        TreeSet<String> members = new TreeSet<>(type.members().keySet());
        members.addAll(other.members().keySet());
        for (String member : members) {
            String of = type.members().get(member);
            String as = other.members().get(member);
            if (as == null) {
                lines.add(name + "." + member + " is not described");
            } else if (of == null) {
                lines.add(name + "." + member + " is only described");
            } else if (!simple(of).equals(as)) {
                lines.add(name + "." + member + " is " + of + ", described as " + as);
            }
        }
    }

    private String simple(String type) {
        String element = type.startsWith("List<") ? type.substring("List<".length(), type.length() - 1) : type;
        return type.replace(element, plain.getOrDefault(element, element));
    }

    private void values(String name, List<String> values, List<String> other) {
        TreeSet<String> all = new TreeSet<>(values);
        all.addAll(other);
        for (String value : all) {
            if (!other.contains(value)) {
                lines.add(name + " value " + value + " is not described");
            } else if (!values.contains(value)) {
                lines.add(name + " value " + value + " is only described");
            } else if (isLate(values, value) != isLate(other, value)) {
                lines.add(name + " value " + value + " is on the other side of " + SENTINEL);
            }
        }
    }

    /** A value after the sentinel is sent only to callers that ask for it. */
    private static boolean isLate(List<String> values, String value) {
        int sentinel = values.indexOf(SENTINEL);
        return sentinel >= 0 && values.indexOf(value) > sentinel;
    }
}
