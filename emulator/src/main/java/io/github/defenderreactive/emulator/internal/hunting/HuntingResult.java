package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Columns and rows, of a table or of a query over it. The rows are computed while they are read, once.
 *
 * @param columns in the order of the response
 * @param complete whether the service has no other columns here; a table of the service has more than that of the
 *     emulator
 */
record HuntingResult(List<HuntingColumn> columns, Stream<Row> rows, boolean complete) {

    /**
     * The maximum number of rows of a response unless a test sets another; the rest is silently left out, as in the
     * service.
     */
    static final int MOST_ROWS = 100_000;

    HuntingResult(List<HuntingColumn> columns, Stream<Row> rows) {
        this(columns, rows, true);
    }

    @Nullable
    HuntingColumn column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    HuntingResult with(Stream<Row> others) {
        return new HuntingResult(columns, others, complete);
    }

    /** Returns the rows of a response that can have a number of rows. */
    Iterator<Row> limitedRows(int most) {
        return rows.limit(most).iterator();
    }

    /** Writes a row as an object with the columns as members. */
    void write(JsonWriter out, Row row) {
        write(out, row, false);
    }

    /** Writes a row, optionally with the annotations of Microsoft Graph. */
    void write(JsonWriter out, Row row, boolean annotated) {
        out.beginObject();
        for (HuntingColumn column : columns) {
            Object value = row.get(column.name());
            if (annotated) {
                column.annotate(out, value);
            }
            column.write(out, value);
        }
        out.endObject();
    }
}
