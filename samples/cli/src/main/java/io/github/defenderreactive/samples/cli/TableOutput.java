package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Aligned columns. Widths come from the first rows, so that a long stream needs no memory; control characters are
 * escaped, because alert text is written by attackers.
 */
final class TableOutput implements Output {

    private static final int ROWS_FOR_WIDTHS = 100;
    private static final int WIDEST = 60;

    private final PrintStream out;
    private final List<String> columns;
    private final List<List<String>> waiting = new ArrayList<>();
    private int[] widths = {};

    /** Without columns the members of the first row are the columns. */
    TableOutput(OutputStream out, List<String> columns) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.columns = new ArrayList<>(columns);
    }

    @Override
    public void row(JsonEncodable value) {
        Object java = JsonValue.of(JsonWriter.toJson(value)).toJava();
        List<String> cells = new ArrayList<>();
        if (java instanceof Map<?, ?> members) {
            if (columns.isEmpty()) {
                members.forEach((name, member) -> {
                    if (!(member instanceof Map) && !(member instanceof List)) {
                        columns.add(String.valueOf(name));
                    }
                });
            }
            columns.forEach(column -> cells.add(cell(members.get(column))));
        } else {
            if (columns.isEmpty()) {
                columns.add("value");
            }
            cells.add(cell(java));
        }
        if (widths.length > 0) {
            print(cells);
            return;
        }
        waiting.add(cells);
        if (waiting.size() == ROWS_FOR_WIDTHS) {
            printWaiting();
        }
    }

    private static String cell(@org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(TableOutput::cell).toList());
        }
        return escaped(String.valueOf(value));
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private void printWaiting() {
        widths = new int[columns.size()];
        List<List<String>> rows = new ArrayList<>(waiting);
        rows.add(0, List.copyOf(columns));
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(row.get(i).length(), WIDEST));
            }
        }
        rows.forEach(this::print);
        waiting.clear();
    }

    private void print(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = cells.get(i);
            line.append(text);
            if (i < widths.length - 1) {
                line.append(" ".repeat(Math.max(0, widths[i] - text.length()) + 2));
            }
        }
        out.print(line.append('\n'));
    }

    @Override
    public void close() {
        if (!waiting.isEmpty()) {
            printWaiting();
        }
        out.flush();
    }
}
