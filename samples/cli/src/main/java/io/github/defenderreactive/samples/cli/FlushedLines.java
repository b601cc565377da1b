package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** One JSON value a line, each out of the process before the next: what is acknowledged was handed on. */
final class FlushedLines {

    private final PrintStream out;
    private final JsonWriter writer = new JsonWriter();

    FlushedLines(PrintStream out) {
        this.out = out;
    }

    void line(JsonEncodable value) {
        writer.reset();
        value.write(writer);
        try {
            writer.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.write('\n');
        out.flush();
        // A print stream keeps quiet about a reader that went away.
        if (out.checkError()) {
            throw new UncheckedIOException(new IOException("Broken pipe"));
        }
    }
}
