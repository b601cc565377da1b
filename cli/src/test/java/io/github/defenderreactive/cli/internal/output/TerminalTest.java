package io.github.defenderreactive.cli.internal.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.defenderreactive.cli.CommandProcess;
import io.github.defenderreactive.cli.Json;
import io.github.defenderreactive.cli.StaticServer;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that control a terminal, in JSON lines. */
class TerminalTest {

    /** A line feed for an 8-bit terminal, DEL, an override of the reading order, an invisible tag, a line separator. */
    private static final String STEERING = "\u009b2J\u007f\u202e\uDB40\uDC41\u2028\u061c";

    private static final String ESCAPED = "\\u009b2J\\u007f\\u202e\\udb40\\udc41\\u2028\\u061c";
    private static final String PLAIN = "Grüße 東京 😀";

    private static String lines(boolean terminal) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonValue value = JsonValue.of("{\"title\":\"" + PLAIN + STEERING + "\"}");
        new JsonLine(terminal).write(value, bytes);
        new FlushedLines(bytes, terminal).line(value);
        try (Output rows = Output.of(Output.Format.JSON, bytes, terminal, List.of())) {
            rows.row(value);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldEscapeThemForATerminalWithoutChangingTheValue() throws IOException {
        assertThat(lines(true)).isEqualTo(("{\"title\":\"" + PLAIN + ESCAPED + "\"}\n").repeat(3));
        for (String line : lines(true).split("\n")) {
            assertThat(Json.tree(line).get("title").textValue()).isEqualTo(PLAIN + STEERING);
        }
        assertThat(lines(false)).isEqualTo(("{\"title\":\"" + PLAIN + STEERING + "\"}\n").repeat(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(120)
    void shouldDetectATerminal(boolean terminal) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        byte[] body = ("{\"id\":\"da1_-1\",\"title\":\"" + STEERING + "\"}").getBytes(StandardCharsets.UTF_8);
        try (StaticServer server = new StaticServer(200, body)) {
            List<String> arguments = new ArrayList<>(List.of("call", "getAlert", "--param", "id=a"));
            arguments.addAll(server.options());
            String inTerminal = "true; script -qec \"$(printf '%q ' \"$@\")\" /dev/null < /dev/null; exit $?; ";
            try (CommandProcess command =
                    CommandProcess.start(List.of(), Map.of(), arguments, terminal ? inTerminal : "", "")) {
                assertThat(command.exitCode()).as(command.err()).isZero();
                // in a terminal, newer JDKs warn about native libraries of Netty before the output
                assertThat(command.out().replaceAll("(?m)^WARNING: .*\\R", "").strip())
                        .isEqualTo("{\"id\":\"da1_-1\",\"title\":\"" + (terminal ? ESCAPED : STEERING) + "\"}");
            }
        }
    }
}
