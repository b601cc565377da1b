package io.github.defenderreactive.cli;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** One JSON value a line, each out of the process before the next: what is acknowledged was handed on. */
final class FlushedLines {

    private final OutputStream out;
    private final JsonLine line;

    /**
     * Lines to a stream.
     *
     * @param out fails when a line cannot be written
     * @param terminal whether it leads to a terminal
     */
    FlushedLines(OutputStream out, boolean terminal) {
        this.out = out;
        this.line = new JsonLine(terminal);
    }

    void line(JsonEncodable value) {
        try {
            line.write(value, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
