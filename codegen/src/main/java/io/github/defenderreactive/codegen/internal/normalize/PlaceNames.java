package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names for schemas without one, by their places. The name begins with the owner, which is the named schema, the shared
 * parameter, body or response, or the operation. Each step from there adds a word: the name of a member or parameter,
 * {@code Item} for the elements of a list, {@code Value} for the values of a map, {@code Option1} for a choice,
 * {@code Request} and {@code Response}. A name that is in use gets the first free number, from 2.
 */
final class PlaceNames {

    private final Draft draft;
    private final Set<String> taken = new HashSet<>();

    PlaceNames(Draft draft) {
        this.draft = draft;
        draft.schemas().fieldNames().forEachRemaining(name -> taken.add(key(JavaNames.type(name))));
    }

    private static String key(String name) {
        // On a file system that ignores case one file would overwrite the other.
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns a free name for the schema at a place, and reserves it. */
    String take(Pointer place) {
        return free(of(place));
    }

    /** Returns a name, or the name with the first free number, and reserves it. */
    String free(String name) {
        String free = name;
        for (int number = 2; Imports.taken(free) || !taken.add(key(free)); number++) {
            free = name + number;
        }
        return free;
    }

    private String of(Pointer place) {
        List<String> segments = place.segments();
        StringBuilder name = new StringBuilder();
        int from = 2;
        if (segments.get(0).equals("components") && segments.size() > 3) {
            name.append(word(segments.get(2)));
            from = 3;
            if (segments.get(1).equals("requestBodies")) {
                ending(name, "Request");
            } else if (segments.get(1).equals("responses")) {
                ending(name, "Response");
            }
        } else if (segments.size() > 3 && Draft.METHODS.contains(segments.get(2))) {
            JsonNode operation =
                    draft.root().path("paths").path(segments.get(1)).path(segments.get(2));
            name.append(word(operation.path("operationId").asText("operation")));
            from = 3;
        } else {
            name.append(word(segments.get(Math.min(1, segments.size() - 1))));
        }
        steps(segments, from, name);
        String plain = JavaNames.type(name.toString());
        return plain.isEmpty() ? "Schema" : plain;
    }

    private void steps(List<String> segments, int from, StringBuilder name) {
        for (int i = from; i < segments.size(); i++) {
            String next = i + 1 < segments.size() ? segments.get(i + 1) : "";
            switch (segments.get(i)) {
                case "properties", "$defs", "definitions" -> {
                    name.append(word(next));
                    i++;
                }
                case "items" -> name.append("Item");
                case "additionalProperties" -> name.append("Value");
                case "oneOf", "anyOf", "allOf" -> {
                    name.append("Option").append(number(next));
                    i++;
                }
                case "parameters" -> {
                    Pointer parameter = new Pointer(segments.subList(0, i));
                    JsonNode owner = draft.root();
                    for (String segment : parameter.segments()) {
                        owner = owner.path(segment);
                    }
                    name.append(word(draft.shared(owner.path("parameters").path(index(next)))
                            .path("name")
                            .asText("")));
                    i++;
                }
                case "requestBody" -> name.append(segments.contains("multipart/form-data") ? "Form" : "Request");
                case "responses" -> {
                    name.append("Response");
                    i++;
                }
                case "content" -> i++;
                default -> {}
            }
        }
    }

    private static void ending(StringBuilder name, String ending) {
        if (!name.toString().endsWith(ending)) {
            name.append(ending);
        }
    }

    private static int index(String segment) {
        return segment.matches("[0-9]{1,6}") ? Integer.parseInt(segment) : 0;
    }

    private static int number(String segment) {
        return index(segment) + 1;
    }

    /** Returns a part of a name; a control information of OData is named without its prefix. */
    private static String word(String wire) {
        String type = JavaNames.type(wire.replaceFirst("^@odata\\.", ""));
        return type.replaceFirst("^_+", "").isEmpty() ? "" : type.replaceFirst("^_(?=[0-9])", "");
    }
}
