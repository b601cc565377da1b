package io.github.defenderreactive.cli;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.OutputStream;
import java.util.List;

/** Where results go, one row at a time. */
interface Output extends AutoCloseable {

    /** Formats to choose from. */
    enum Format {
        /** One JSON value a line, in wire form. */
        JSON,
        /** Aligned columns for people. */
        TABLE
    }

    void row(JsonEncodable value);

    /** Everything given so far is on its way. */
    @Override
    void close();

    /** To standard output, which stays open. */
    static Output standard(Format format, List<String> columns) {
        return of(format, System.out, Terminal.isStandardOutput(), columns);
    }

    static Output of(Format format, OutputStream out, boolean terminal, List<String> columns) {
        return format == Format.TABLE ? new TableOutput(out, columns) : new JsonLinesOutput(out, terminal);
    }
}
