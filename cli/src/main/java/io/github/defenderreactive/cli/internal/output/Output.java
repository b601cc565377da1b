package io.github.defenderreactive.cli.internal.output;

import io.github.defenderreactive.cli.internal.terminal.Terminal;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The destination of results, which are written one row at a time. */
public interface Output extends AutoCloseable {

    /** The formats of results. */
    enum Format {
        /** One JSON value per line, in wire form. */
        JSON,
        /** Aligned columns. */
        TABLE
    }

    /**
     * Writes a row. It may be buffered until the output is closed.
     *
     * @param value the row
     * @throws UncheckedIOException if it cannot be written
     */
    void row(JsonEncodable value);

    /**
     * Writes all buffered rows.
     *
     * @throws UncheckedIOException if they cannot be written
     */
    @Override
    void close();

    /**
     * Returns an output to standard output, which stays open.
     *
     * @param format the format
     * @param columns the columns of a table; empty for those of the first rows
     * @return the output
     */
    static Output standard(Format format, List<String> columns) {
        return of(format, System.out, Terminal.isStandardOutput(), columns);
    }

    /**
     * Returns an output to a stream, which stays open.
     *
     * @param format the format
     * @param out the stream
     * @param terminal whether the stream leads to a terminal
     * @param columns the columns of a table; empty for those of the first rows
     * @return the output
     */
    static Output of(Format format, OutputStream out, boolean terminal, List<String> columns) {
        return format == Format.TABLE ? new TableOutput(out, columns) : new JsonLinesOutput(out, terminal);
    }
}
