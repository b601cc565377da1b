package io.github.defenderreactive.cli.internal.output;

import io.github.defenderreactive.cli.internal.terminal.Terminal;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Output in aligned columns. The first rows determine the widths, so that a long stream needs no memory. Control
 * characters are escaped, because attackers write the text of alerts.
 */
final class TableOutput implements Output {

    private static final int ROWS_FOR_WIDTHS = 100;
    private static final int MAX_WIDTH = 60;

    private final PrintStream out;
    private final List<String> columns;
    private final List<@Nullable Object> pending = new ArrayList<>();
    private int[] widths = {};

    /**
     * Creates a table.
     *
     * @param out the stream
     * @param columns the columns; if empty, the members with a single value in any of the first rows
     */
    TableOutput(OutputStream out, List<String> columns) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.columns = new ArrayList<>(columns);
    }

    @Override
    public void row(JsonEncodable value) {
        Object java = JsonValue.of(JsonWriter.toJson(value)).toJava();
        if (widths.length > 0) {
            print(cells(java));
            return;
        }
        pending.add(java);
        if (pending.size() == ROWS_FOR_WIDTHS) {
            printPending();
        }
    }

    private List<String> cells(@Nullable Object row) {
        return columns.stream()
                .map(column -> cell(row instanceof Map<?, ?> members ? members.get(column) : row))
                .toList();
    }

    /**
     * Chooses the members that have a single value in any of the first rows. If there are none but OData annotations,
     * all members become columns.
     */
    private void chooseColumns() {
        Set<String> all = new LinkedHashSet<>();
        Set<String> single = new LinkedHashSet<>();
        for (Object row : pending) {
            if (row instanceof Map<?, ?> members) {
                members.forEach((name, member) -> {
                    all.add(String.valueOf(name));
                    if (member != null && !(member instanceof Map) && !(member instanceof List)) {
                        single.add(String.valueOf(name));
                    }
                });
            } else {
                single.add("value");
            }
        }
        boolean hasNamedValue = single.stream().anyMatch(name -> !name.startsWith("@"));
        columns.addAll(hasNamedValue ? single : all);
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(TableOutput::cell).toList());
        }
        return Terminal.escaped(String.valueOf(value));
    }

    private void printPending() {
        if (columns.isEmpty()) {
            chooseColumns();
        }
        widths = new int[columns.size()];
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Terminal::escaped).toList());
        pending.forEach(row -> rows.add(cells(row)));
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(row.get(i).length(), MAX_WIDTH));
            }
        }
        rows.forEach(this::print);
        pending.clear();
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
        if (!pending.isEmpty()) {
            printPending();
        }
        out.flush();
    }
}
