package io.github.defenderreactive.cli.internal.output;

import io.github.defenderreactive.cli.internal.terminal.Terminal;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A writer of JSON values, one per line, which reuses its buffer. */
final class JsonLine {

    private final JsonWriter writer = new JsonWriter();
    private final boolean terminal;

    /**
     * Creates a writer.
     *
     * @param terminal whether to escape characters that control a terminal, which does not change the value
     */
    JsonLine(boolean terminal) {
        this.terminal = terminal;
    }

    void write(JsonEncodable value, OutputStream out) throws IOException {
        writer.reset();
        value.write(writer);
        if (terminal) {
            String text = new String(writer.toByteArray(), StandardCharsets.UTF_8);
            out.write(Terminal.escaped(text).getBytes(StandardCharsets.UTF_8));
        } else {
            writer.writeTo(out);
        }
        out.write('\n');
    }
}
