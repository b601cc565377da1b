package io.github.defenderreactive.apispec.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Deviations of payloads from the schemas that are accepted, each with a reason. */
final class AllowedFields {

    enum Deviation {
        EXTRA,
        TEXT,
        CASE
    }

    /** An entry of the list; the schema is {@code *} for any. */
    record Entry(String schema, String member, Deviation deviation) {}

    private final Map<Entry, String> reasons = new HashMap<>();
    private final Set<Entry> used = new HashSet<>();

    private AllowedFields() {}

    static AllowedFields load() {
        try (InputStream in = AllowedFields.class.getResourceAsStream("/allowed-fields.txt")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AllowedFields parse(List<String> lines) {
        AllowedFields fields = new AllowedFields();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\\s+", 4);
            if (columns.length < 4) {
                throw new IllegalArgumentException("An entry needs schema, member, kind and reason: " + line);
            }
            Entry entry = new Entry(columns[0], columns[1], Deviation.valueOf(columns[2].toUpperCase(Locale.ROOT)));
            if (fields.reasons.put(entry, columns[3]) != null) {
                throw new IllegalArgumentException("The entry stands twice: " + line);
            }
        }
        return fields;
    }

    boolean allows(String schema, String member, Deviation deviation) {
        for (String name : List.of(schema, "*")) {
            Entry entry = new Entry(name, member, deviation);
            if (reasons.containsKey(entry)) {
                used.add(entry);
                return true;
            }
        }
        return false;
    }

    Set<Entry> unused() {
        Set<Entry> unused = new HashSet<>(reasons.keySet());
        unused.removeAll(used);
        return unused;
    }
}
