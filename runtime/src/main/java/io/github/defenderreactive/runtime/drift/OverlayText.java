package io.github.defenderreactive.runtime.drift;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The text of an overlay that adds what is unknown. */
final class OverlayText {

    private static final String OTHER_NAME = "?";

    private final SortedMap<String, SortedMap<String, Types>> members = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> values = new TreeMap<>();
    private final SortedSet<String> decisions = new TreeSet<>();

    /** The types of one member over all operations. */
    private record Types(Set<DriftType> own, Set<DriftType> elements) {

        Types() {
            this(EnumSet.noneOf(DriftType.class), EnumSet.noneOf(DriftType.class));
        }
    }

    private OverlayText() {}

    static String of(String api, List<DriftEntry> entries) {
        OverlayText text = new OverlayText();
        entries.forEach(text::add);
        return text.document(api);
    }

    private void add(DriftEntry entry) {
        String place = entry.schema() + ": " + entry.path();
        if (entry.kind() == DriftEntry.Kind.UNKNOWN_MEMBER && !entry.member().equals(OTHER_NAME)) {
            Types types = members.computeIfAbsent(entry.schema(), schema -> new TreeMap<>())
                    .computeIfAbsent(entry.member(), member -> new Types());
            types.own().addAll(entry.types());
            types.elements().addAll(entry.elementTypes());
        } else if (entry.kind() == DriftEntry.Kind.UNKNOWN_VALUE
                && !entry.values().isEmpty()) {
            values.computeIfAbsent(entry.schema(), schema -> new TreeSet<>()).addAll(entry.values());
        } else if (entry.kind() != DriftEntry.Kind.NEVER_RECEIVED) {
            decisions.add(place + ", " + entry.kind().label() + labels(entry.types()));
        }
    }

    private static String labels(List<DriftType> types) {
        return types.isEmpty()
                ? ""
                : " (" + String.join(", ", types.stream().map(DriftType::label).toList()) + ")";
    }

    private String document(String api) {
        List<String> lines = new ArrayList<>();
        decisions.forEach(decision -> lines.add("# Not proposed: " + decision));
        lines.add("overlay: 1.0.0");
        lines.add("info:");
        lines.add("  title: Members and values that the description of " + api + " lacks");
        lines.add("  version: '1'");
        lines.add(members.isEmpty() && values.isEmpty() ? "actions: []" : "actions:");
        members.forEach((schema, added) -> {
            lines.add("  - target: $.components.schemas." + schema);
            lines.add("    update:");
            lines.add("      properties:");
            added.forEach((name, types) -> {
                lines.add("        '" + name + "':");
                schema(types).forEach((key, value) -> lines.add("          " + key + ": " + value));
                lines.add("          x-defender-source: observed");
            });
        });
        values.forEach((schema, added) -> {
            lines.add("  - target: $.components.schemas." + schema);
            lines.add("    update:");
            lines.add("      enum:");
            added.forEach(value -> lines.add("        - '" + value + "'"));
        });
        return String.join("\n", lines) + "\n";
    }

    private static Map<String, String> schema(Types types) {
        Set<DriftType> seen = EnumSet.copyOf(types.own());
        seen.remove(DriftType.NULL);
        if (!seen.equals(Set.of(DriftType.LIST))) {
            return scalar(seen);
        }
        Set<DriftType> elements = EnumSet.noneOf(DriftType.class);
        elements.addAll(types.elements());
        elements.remove(DriftType.NULL);
        SortedMap<String, String> list = new TreeMap<>();
        list.put("items", scalar(elements).toString().replace("=", ": "));
        list.put("type", "array");
        return list;
    }

    private static Map<String, String> scalar(Set<DriftType> seen) {
        if (seen.size() == 1) {
            return switch (seen.iterator().next()) {
                case TEXT -> Map.of("type", "string");
                case DATE_TIME -> sorted("string", "date-time");
                case DATE -> sorted("string", "date");
                case UUID -> sorted("string", "uuid");
                case WHOLE_NUMBER -> sorted("integer", "int64");
                case NUMBER -> sorted("number", "double");
                case BOOLEAN -> Map.of("type", "boolean");
                case OBJECT, LIST, NULL -> any();
            };
        }
        if (!seen.isEmpty() && EnumSet.range(DriftType.TEXT, DriftType.UUID).containsAll(seen)) {
            return Map.of("type", "string");
        }
        return seen.equals(EnumSet.of(DriftType.WHOLE_NUMBER, DriftType.NUMBER)) ? sorted("number", "double") : any();
    }

    private static Map<String, String> any() {
        return Map.of("x-defender-any", "true");
    }

    private static Map<String, String> sorted(String type, String format) {
        return new TreeMap<>(Map.of("type", type, "format", format));
    }
}
