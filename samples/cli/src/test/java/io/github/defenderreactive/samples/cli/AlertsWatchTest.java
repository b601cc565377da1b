package io.github.defenderreactive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process, killed without warning or told to end, against an emulator that lives on. */
@Timeout(300)
class AlertsWatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = Integer.getInteger("defender.kills", 10);
    private static final int ALERTS = 1_000;

    @TempDir
    Path folder;

    @Test
    void shouldLoseNothingToKills() throws IOException, InterruptedException {
        Random random = new Random(7);
        Set<String> printed = new HashSet<>();
        Set<String> expected = new HashSet<>();
        int lines = 0;
        try (DefenderEmulator emulator = emulator()) {
            for (long index = 0; index < ALERTS; index++) {
                expected.add(emulator.tenant().alertId(index));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                expected.add(emulator.tenant().addAlert(Map.of()));
                Process process = start(emulator);
                int enough = random.nextInt(2 * ALERTS / KILLS);
                List<String> read = new ArrayList<>();
                try (BufferedReader out = process.inputReader()) {
                    while (read.size() < enough) {
                        read.add(out.readLine());
                    }
                    process.toHandle().destroyForcibly();
                    // What the process had flushed is in the pipe still, as it would be in a file.
                    out.lines().forEach(read::add);
                }
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                lines += read.size();
                read.forEach(line -> collect(line, printed));
            }
            Process last = start(emulator);
            try (BufferedReader out = last.inputReader()) {
                while (!printed.containsAll(expected)) {
                    String line = out.readLine();
                    assertThat(line)
                            .as("%d of %d alerts", printed.size(), expected.size())
                            .isNotNull();
                    collect(line, printed);
                    lines++;
                }
                last.toHandle().destroy();
                out.lines().forEach(line -> collect(line, printed));
            }
            assertThat(last.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        System.out.printf("%d kills: %d alerts in %d lines%n", KILLS, printed.size(), lines);
        assertThat(printed).isEqualTo(expected);
    }

    @Test
    void shouldStopInOrderAndGoOnWithoutRepeating() throws IOException, InterruptedException {
        try (DefenderEmulator emulator = emulator()) {
            Process first = start(emulator);
            Set<String> printed = new HashSet<>();
            try (BufferedReader out = first.inputReader()) {
                while (printed.size() < ALERTS) {
                    collect(out.readLine(), printed);
                }
                first.toHandle().destroy();
                assertThat(out.readLine()).isNull();
            }
            assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).isEqualTo(128 + 15);

            String later = emulator.tenant().addAlert(Map.of());
            Process second = start(emulator);
            try (BufferedReader out = second.inputReader()) {
                assertThat(id(out.readLine())).isEqualTo(later);
            }
            second.destroyForcibly();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheCursorFile() throws IOException {
        Path damaged = folder.resolve("damaged");
        Files.writeString(damaged, "nonsense\n");
        CommandLineRun run = CommandLineRun.of(
                "alerts", "stream", "--emulator", "--size", "5", "--watch", "--cursor", damaged.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("is damaged at line 1");

        Path missing = folder.resolve("none/cursor");
        run = CommandLineRun.of(
                "alerts", "stream", "--emulator", "--size", "5", "--watch", "--cursor", missing.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(run.err()).contains("Cannot open the cursor file").contains("its folder does not exist");
    }

    @Test
    void shouldRefuseOptionsThatDoNotBelongTogether() {
        assertThat(CommandLineRun.of("alerts", "stream", "--emulator", "--every", "5s")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandLineRun.of("alerts", "stream", "--emulator", "--watch", "--limit", "5")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandLineRun.of("alerts", "stream", "--emulator", "--watch", "--every", "soon")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    private static DefenderEmulator emulator() {
        return DefenderEmulator.builder()
                .size(ALERTS)
                .pageSize(64)
                .plainHttp(true)
                .start();
    }

    private Process start(DefenderEmulator emulator) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.github.defenderreactive.samples.cli.Defender",
                        "alerts",
                        "stream",
                        "--base-url",
                        emulator.baseUrl().toString(),
                        "--authority",
                        emulator.authority().toString(),
                        "--tenant",
                        emulator.tenantId(),
                        "--client-id",
                        emulator.clientId(),
                        "--since",
                        "2020-01-01T00:00:00Z",
                        "--every",
                        "1s",
                        "--watch",
                        "--cursor",
                        folder.resolve("alerts.cursor").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DEFENDER_CLIENT_SECRET", emulator.clientSecret());
        return builder.start();
    }

    /** A line that a kill cut short was not acknowledged and comes again. */
    private static void collect(@Nullable String line, Set<String> ids) {
        if (line != null && line.endsWith("}")) {
            ids.add(id(line));
        }
    }

    private static String id(String line) {
        try {
            JsonNode alert = JSON.readTree(line);
            return alert.get("id").textValue();
        } catch (IOException e) {
            return "cut";
        }
    }
}
