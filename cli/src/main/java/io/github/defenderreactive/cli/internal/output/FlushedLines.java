package io.github.defenderreactive.cli.internal.output;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** JSON values, one per line, each flushed before the next, so that every acknowledged value was written. */
public final class FlushedLines {

    private final OutputStream out;
    private final JsonLine line;

    /**
     * Creates an output.
     *
     * @param out the stream, which must fail if a line cannot be written
     * @param terminal whether the stream leads to a terminal
     */
    public FlushedLines(OutputStream out, boolean terminal) {
        this.out = out;
        this.line = new JsonLine(terminal);
    }

    /**
     * Writes a line and flushes it.
     *
     * @param value the value
     * @throws UncheckedIOException if it cannot be written
     */
    public void line(JsonEncodable value) {
        try {
            line.write(value, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
