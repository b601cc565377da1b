package io.github.defenderreactive.cli.internal.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watches that are killed or terminated, against an emulator that outlives them. */
class AlertsWatchTest {

    private static final int KILLS = Integer.getInteger("defender.kills", 4);
    private static final Duration TIME_FOR_KILLS = Duration.ofSeconds(60 + 6L * KILLS);
    private static final int ALERTS = 1_000;
    private static final int MAX_LINES = 2 * ALERTS / KILLS;

    /** The maximum time until a kill: between the start of the JVM and several polls. */
    private static final int MAX_LIFE_MILLIS = 2_000;

    @TempDir
    Path folder;

    @Test
    void shouldLoseNothingIfKilled() {
        assertTimeoutPreemptively(TIME_FOR_KILLS, this::killRepeatedly);
    }

    private void killRepeatedly() throws Exception {
        Random random = new Random(7);
        PrintedAlerts printed = new PrintedAlerts();
        Set<String> expected = new HashSet<>();
        int killedBeforeALine = 0;
        try (DefenderEmulator emulator = emulator()) {
            for (long index = 0; index < ALERTS; index++) {
                expected.add(emulator.tenant().alertId(index));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int before = printed.lines();
                if (random.nextBoolean()) {
                    killAfterLines(random.nextInt(MAX_LINES), emulator, expected, printed);
                } else {
                    killAfter(random.nextInt(MAX_LIFE_MILLIS), emulator, expected, printed);
                }
                killedBeforeALine += printed.lines() == before ? 1 : 0;
            }
            try (WatchProcess last = start(emulator)) {
                while (!printed.ids().containsAll(expected)) {
                    printed.add(last.line());
                }
                last.terminate();
                printed.addAll(last.rest());
                assertThat(last.exitCode()).isEqualTo(128 + 15);
                assertThat(last.err()).isEmpty();
            }
        }
        System.out.printf(
                "%d kills, %d before a line: %d alerts in %d lines, %d repeats%n",
                KILLS, killedBeforeALine, printed.ids().size(), printed.lines(), printed.repeats());
        assertThat(printed.ids()).isEqualTo(expected);
        assertThat(printed.repeats())
                .as("printed but not acknowledged")
                .isLessThanOrEqualTo(KILLS * StreamWatch.MAX_UNACKNOWLEDGED);
    }

    private void killAfterLines(int lines, DefenderEmulator emulator, Set<String> expected, PrintedAlerts printed)
            throws IOException, InterruptedException {
        // As many new alerts as expected lines, so that the lines do not depend on earlier output.
        for (int i = 0; i < lines; i++) {
            expected.add(emulator.tenant().alerts().add(Map.of()));
        }
        try (WatchProcess process = start(emulator)) {
            for (int i = 0; i < lines; i++) {
                printed.add(process.line());
            }
            process.kill();
            printed.addAll(process.rest());
            assertThat(process.exitCode()).isEqualTo(128 + 9);
            assertThat(process.err()).isEmpty();
        }
    }

    private void killAfter(int millis, DefenderEmulator emulator, Set<String> expected, PrintedAlerts printed)
            throws IOException, InterruptedException {
        expected.add(emulator.tenant().alerts().add(Map.of()));
        try (WatchProcess process = start(emulator)) {
            CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(process::rest);
            assertThat(process.isAliveAfter(millis / 2)).isTrue();
            expected.add(emulator.tenant().alerts().add(Map.of()));
            assertThat(process.isAliveAfter(millis - millis / 2)).isTrue();
            process.kill();
            printed.addAll(lines.join());
            assertThat(process.exitCode()).isEqualTo(128 + 9);
            assertThat(process.err()).isEmpty();
        }
    }

    @Test
    @Timeout(120)
    void shouldStopGracefullyAndResumeWithoutRepeats() throws IOException, InterruptedException {
        try (DefenderEmulator emulator = emulator()) {
            PrintedAlerts printed = new PrintedAlerts();
            try (WatchProcess first = start(emulator)) {
                while (printed.lines() < ALERTS) {
                    printed.add(first.line());
                }
                first.terminate();
                assertThat(first.rest()).isEmpty();
                assertThat(first.exitCode()).isEqualTo(128 + 15);
            }
            assertThat(printed.ids()).hasSize(ALERTS);

            String later = emulator.tenant().alerts().add(Map.of());
            try (WatchProcess second = start(emulator)) {
                assertThat(second.line()).contains(later);
            }
        }
    }

    /** Lines in a pipe without a reader must not count as printed. */
    @Test
    @Timeout(120)
    void shouldEndAfterTheReaderOfThePipe() throws IOException, InterruptedException {
        try (DefenderEmulator emulator = emulator()) {
            try (WatchProcess first = start(emulator)) {
                first.line();
                first.closeReader();
                assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
                assertThat(first.err()).isEmpty();
            }
            int inThePipeAtMost = 128;
            PrintedAlerts printed = new PrintedAlerts();
            try (WatchProcess second = start(emulator)) {
                while (printed.lines() < ALERTS - inThePipeAtMost) {
                    printed.add(second.line());
                }
            }
            assertThat(printed.repeats()).isZero();
        }
    }

    @Test
    void shouldWarnThatNoProgressIsKeptWithoutAFile() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "alerts", "stream", "--watch");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("defender: Without --cursor no progress is kept");
    }

    @Test
    void shouldRejectContradictoryOptions() {
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

    private WatchProcess start(DefenderEmulator emulator) throws IOException {
        return WatchProcess.start(emulator, folder.resolve("alerts.cursor"));
    }
}
