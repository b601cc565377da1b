package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** One JSON value a line, each out of the process before the next: what is acknowledged was handed on. */
final class FlushedLines {

    private final OutputStream out;
    private final JsonWriter writer = new JsonWriter();

    /** A stream that fails when a line cannot be written. */
    FlushedLines(OutputStream out) {
        this.out = out;
    }

    void line(JsonEncodable value) {
        writer.reset();
        value.write(writer);
        try {
            writer.writeTo(out);
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
