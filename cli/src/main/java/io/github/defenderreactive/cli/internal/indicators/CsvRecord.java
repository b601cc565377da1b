package io.github.defenderreactive.cli.internal.indicators;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of a CSV file (RFC 4180).
 *
 * @param line number of its first line
 * @param cells its cells
 */
record CsvRecord(int line, List<String> cells) {

    /**
     * Reads the records of a text; blank lines are left out.
     *
     * @throws UsageException naming the line of a quote without an end
     */
    static List<CsvRecord> read(String text) {
        List<CsvRecord> records = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        int line = 1;
        int first = 1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && i < text.length()) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    line += c == '\n' ? 1 : 0;
                    cell.append(c);
                }
            } else if (quoted) {
                throw new UsageException("Line " + first + " has a quote without an end");
            } else if (c == '"' && cell.isEmpty() && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (c == ',' || c == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                wasQuoted = false;
                if (c == '\n') {
                    if (cells.size() > 1 || !cells.get(0).isBlank()) {
                        records.add(new CsvRecord(first, List.copyOf(cells)));
                    }
                    cells.clear();
                    line++;
                    first = line;
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        return records;
    }
}
