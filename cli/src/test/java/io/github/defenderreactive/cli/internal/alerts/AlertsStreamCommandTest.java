package io.github.defenderreactive.cli.internal.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.Defender;
import io.github.defenderreactive.cli.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AlertsStreamCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldPrintEveryAlertOnce() throws IOException {
        CommandLineRun run = CommandLineRun.of("alerts", "stream", "--emulator", "--size", "12345");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(ids(run)).hasSize(12345).hasSameSizeAs(run.lines());
    }

    @Test
    void shouldStopAtTheLimitAndFilter() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "alerts", "stream", "--emulator", "--size", "3000", "--filter", "severity eq 'High'", "--limit", "7");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(7);
        for (String line : run.lines()) {
            assertThat(JSON.readTree(line).get("severity").textValue()).isEqualTo("High");
        }
    }

    @Test
    void shouldExpandEvidenceOnRequest() throws IOException {
        String[] plain = {"alerts", "stream", "--emulator", "--size", "10"};
        for (String line : CommandLineRun.of(plain).lines()) {
            assertThat(JSON.readTree(line).get("evidence")).isEmpty();
        }
        CommandLineRun expanded =
                CommandLineRun.of("alerts", "stream", "--emulator", "--size", "10", "--expand", "evidence");
        assertThat(expanded.lines()).hasSize(10);
        for (String line : expanded.lines()) {
            assertThat(JSON.readTree(line).get("evidence")).isNotEmpty();
        }
    }

    /** Client and emulator run in one JVM with 64 MB, which does not depend on the number of pages of 10,000 alerts. */
    @Test
    @Timeout(300)
    void shouldStreamManyPagesInLittleMemory() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JavaProcess.command(
                        List.of("-Xmx64m"),
                        Defender.class.getName(),
                        List.of("alerts", "stream", "--emulator", "--size", "60000")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<Long> ids = new HashSet<>();
        long lines = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                JsonNode id = JSON.readTree(line).get("id");
                ids.add(hash(id.textValue()));
                lines++;
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(lines).isEqualTo(60_000);
        assertThat(ids).hasSize(60_000);
    }

    /** Returns a hash of 64 bits. The probability of a collision among 60,000 ids is one in ten billion. */
    private static long hash(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private static Set<String> ids(CommandLineRun run) throws IOException {
        Set<String> ids = new HashSet<>();
        for (String line : run.lines()) {
            ids.add(JSON.readTree(line).get("id").textValue());
        }
        return ids;
    }
}
