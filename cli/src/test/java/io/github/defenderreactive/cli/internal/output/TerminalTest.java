package io.github.defenderreactive.cli.internal.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.cli.CommandProcess;
import io.github.defenderreactive.cli.Json;
import io.github.defenderreactive.cli.StaticServer;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output to a terminal: characters that control it, and the progress. */
class TerminalTest {

    /** A line feed for an 8-bit terminal, DEL, an override of the reading order, an invisible tag, a line separator. */
    private static final String STEERING = "\u009b2J\u007f\u202e\uDB40\uDC41\u2028\u061c";

    private static final String ESCAPED = "\\u009b2J\\u007f\\u202e\\udb40\\udc41\\u2028\\u061c";
    private static final String PLAIN = "Grüße 東京 😀";

    private static final String IN_TERMINAL =
            "true; script -qec \"$(printf '%q ' \"$@\")\" /dev/null < /dev/null; exit $?; ";

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
            try (CommandProcess command = CommandProcess.start(
                    List.of(), Map.of("TERM", "dumb"), arguments, terminal ? IN_TERMINAL : "", "")) {
                assertThat(command.exitCode()).as(command.err()).isZero();
                // in a terminal, newer JDKs warn about native libraries of Netty before the output
                assertThat(command.out().replaceAll("(?m)^WARNING: .*\\R", "").strip())
                        .isEqualTo("{\"id\":\"da1_-1\",\"title\":\"" + (terminal ? ESCAPED : STEERING) + "\"}");
            }
        }
    }

    @Test
    @Timeout(120)
    void shouldShowTheProgressAndEraseItBeforeTheResult() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        CountDownLatch shown = new CountDownLatch(1);
        try (StaticServer server = new StaticServer(200, new byte[0])) {
            server.serve("/api/alerts/a", exchange -> {
                try (exchange) {
                    assertThat(shown.await(60, TimeUnit.SECONDS)).isTrue();
                    byte[] body = "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            List<String> arguments = new ArrayList<>(List.of("call", "getAlert", "--param", "id=a"));
            arguments.addAll(server.options());
            try (CommandProcess command =
                    CommandProcess.start(List.of(), Map.of("TERM", "xterm"), arguments, IN_TERMINAL, "")) {
                await().atMost(Duration.ofSeconds(60)).until(() -> command.out().contains("0 items, "));
                shown.countDown();
                assertThat(command.exitCode()).as(command.err()).isZero();
                assertThat(command.out()).contains("\r\u001b[K0 items, ").endsWith("\r\u001b[K{\"id\":\"a\"}\r\n");
            }
        }
    }
}
