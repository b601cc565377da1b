package io.github.defenderreactive.cli.internal.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The alerts in the lines of several processes. */
final class PrintedAlerts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> ids = new HashSet<>();
    private int lines;

    void add(String line) {
        try {
            JsonNode id = JSON.readTree(line).get("id");
            ids.add(id.textValue());
            lines++;
        } catch (IOException cutShort) {
            // An incomplete line was not acknowledged and is printed again.
        }
    }

    void addAll(List<String> all) {
        all.forEach(this::add);
    }

    Set<String> ids() {
        return ids;
    }

    /** Returns the number of complete lines. */
    int lines() {
        return lines;
    }

    int repeats() {
        return lines - ids.size();
    }
}
