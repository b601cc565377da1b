package io.github.defenderreactive.cli.internal.indicators;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file with indicators, in CSV or with one JSON object per line. The names are those of the API. */
final class IndicatorFile {

    private static final String GROUPS = "rbacGroupNames";
    private static final String ALERT = "generateAlert";

    private IndicatorFile() {}

    /**
     * Reads a file.
     *
     * @throws UsageException naming the line that cannot be read
     */
    static List<SubmitIndicatorRequest> read(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean csv = name.endsWith(".csv");
        if (!csv && !name.endsWith(".ndjson") && !name.endsWith(".jsonl")) {
            throw new UsageException("The name of the file must end with .csv or .ndjson, was " + file);
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(
                    "The file cannot be read: " + file + " (" + e.getClass().getSimpleName() + ")");
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return csv ? csv(content) : lines(content);
    }

    private static List<SubmitIndicatorRequest> lines(String text) {
        List<SubmitIndicatorRequest> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonReader in = JsonReader.of(line);
                SubmitIndicatorRequest row = SubmitIndicatorRequest.read(in);
                in.end();
                rows.add(row.requireKnownMembers());
            } catch (JsonException | IllegalArgumentException e) {
                throw new UsageException("Line " + number + " is not an indicator: " + e.getMessage());
            }
        }
        return rows;
    }

    private static List<SubmitIndicatorRequest> csv(String text) {
        List<CsvRecord> records = CsvRecord.read(text);
        List<SubmitIndicatorRequest> rows = new ArrayList<>();
        if (records.isEmpty()) {
            return rows;
        }
        List<String> names = records.get(0).cells();
        for (CsvRecord record : records.subList(1, records.size())) {
            if (record.cells().size() != names.size()) {
                throw new UsageException("Line " + record.line() + " must have " + names.size()
                        + " cells as the header, was " + record.cells().size());
            }
            Map<String, Object> members = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                String cell = record.cells().get(i).strip();
                if (!cell.isEmpty()) {
                    members.put(names.get(i).strip(), member(names.get(i).strip(), cell));
                }
            }
            try {
                rows.add(SubmitIndicatorRequest.fromMap(members).requireKnownMembers());
            } catch (IllegalArgumentException e) {
                throw new UsageException("Line " + record.line() + " is not an indicator: " + e.getMessage());
            }
        }
        return rows;
    }

    private static Object member(String name, String cell) {
        if (name.equals(GROUPS)) {
            return List.of(cell.split("\\s*;\\s*"));
        }
        boolean bool = name.equals(ALERT) && (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false"));
        return bool ? Boolean.valueOf(cell) : cell;
    }
}
