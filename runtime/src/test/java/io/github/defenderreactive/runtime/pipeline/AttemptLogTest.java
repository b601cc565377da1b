package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an application sees in its log, in a JVM of its own. */
class AttemptLogTest {

    @Test
    void shouldWriteALineForEachAttempt() throws Exception {
        List<String> lines = run("-Dorg.slf4j.simpleLogger.log.io.github.defenderreactive.attempt=debug");

        assertThat(lines)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).doesNotContain("secret-row", "c4nary", "token", "$filter"));
        assertThat(lines.get(0))
                .contains(
                        "DEBUG io.github.defenderreactive.attempt - getRow GET /rows/{id} attempt 1: service, HTTP 503,"
                                + " code Busy, 54 bytes in ")
                .endsWith(" ms, request r-1");
        assertThat(lines.get(1)).contains("getRow GET /rows/{id} attempt 2: connection, HTTP 200, 0 bytes in ");
        assertThat(lines.get(2)).contains("getRow GET /rows/{id} attempt 3: success, HTTP 200, 17 bytes in ");
        assertThat(lines.get(3)).contains("listRows GET /rows attempt 1: success, HTTP 200, 12 bytes in ");
    }

    @Test
    void shouldBeSilentAboutWhatWasRepaired() throws Exception {
        assertThat(run("-Dorg.slf4j.simpleLogger.log.io.github.defenderreactive=info"))
                .noneMatch(line -> line.contains("defenderreactive"));
    }

    private static List<String> run(String level) throws Exception {
        try (FaultServer server = FaultServer.start()) {
            server.enqueue(
                    Answer.status(503)
                            .header("request-id", "r-1")
                            .header("Content-Type", "application/json")
                            .body("{\"error\":{\"code\":\"Busy\",\"message\":\"try c4nary later\"}}"),
                    Answer.json("{\"id\":\"x\"}").breakAfter(0, Answer.Ending.CLOSE),
                    Answer.json("{\"id\":\"secret-1\"}"),
                    Answer.json("{\"value\":[]}"));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            level,
                            LoggingProcess.class.getName(),
                            server.uri("/api").toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("done");
            return output.lines().filter(line -> line.contains(" - ")).toList();
        }
    }
}
