package io.github.defenderreactive.cli.output;

import io.github.defenderreactive.cli.terminal.Terminal;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes JSON values, each on a line of its own. Its memory is used again for the next one. */
final class JsonLine {

    private final JsonWriter writer = new JsonWriter();
    private final boolean terminal;

    /** For a terminal, characters that would steer it are escaped, which leaves the value the same. */
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
