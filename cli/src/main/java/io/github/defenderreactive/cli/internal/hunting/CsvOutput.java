package io.github.defenderreactive.cli.internal.hunting;

import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.client.hunting.HuntingColumn;
import io.github.defenderreactive.client.hunting.HuntingRow;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Output of rows in CSV (RFC 4180), with the columns of the result as header. A text that a spreadsheet would take for
 * a formula begins with an apostrophe, because attackers write the texts of events.
 */
final class CsvOutput implements Output {

    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");

    private final Writer out;
    private @Nullable List<String> columns;

    CsvOutput(OutputStream target) {
        this.out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
    }

    @Override
    public void row(JsonEncodable value) {
        if (!(value instanceof HuntingRow row)) {
            throw new IllegalArgumentException("value must be a row of a query, was " + value.getClass());
        }
        List<String> names = columns;
        if (names == null) {
            names = row.columns().stream().map(HuntingColumn::name).toList();
            columns = names;
            line(names);
        }
        line(names.stream()
                .map(name -> {
                    String text = row.text(name);
                    return text == null ? "" : text;
                })
                .toList());
    }

    private void line(List<String> cells) {
        try {
            out.write(cells.stream().map(CsvOutput::cell).collect(Collectors.joining(",", "", "\r\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String cell(String text) {
        String harmless =
                FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
        return QUOTED.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    @Override
    public void close() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
