package io.github.defenderreactive.cli.internal.output;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Output of one JSON value per line. Rows of a slow source are flushed immediately, those of a fast one in blocks. */
final class JsonLinesOutput implements Output {

    private static final long FLUSH_AFTER_NANOS = 100_000_000;

    private final OutputStream out;
    private final JsonLine line;
    private long lastFlush = System.nanoTime() - FLUSH_AFTER_NANOS;

    JsonLinesOutput(OutputStream target, boolean terminal) {
        this.out = new BufferedOutputStream(target, 1 << 16);
        this.line = new JsonLine(terminal);
    }

    @Override
    public void row(JsonEncodable value) {
        try {
            line.write(value, out);
            long now = System.nanoTime();
            if (now - lastFlush > FLUSH_AFTER_NANOS) {
                out.flush();
                lastFlush = now;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
