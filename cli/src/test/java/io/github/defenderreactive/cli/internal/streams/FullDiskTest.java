package io.github.defenderreactive.cli.internal.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch on a full disk, and the next watch after space was freed. */
@Timeout(120)
class FullDiskTest {

    private static final int ALERTS = 600;
    private static final int KIBIBYTE = 1024;

    @TempDir
    Path folder;

    private final Set<String> expected = new HashSet<>();
    private DefenderEmulator emulator;
    private Path cursor;

    @BeforeEach
    void start() {
        emulator =
                DefenderEmulator.builder().size(0).pageSize(64).plainHttp(true).start();
        for (int i = 0; i < ALERTS; i++) {
            // Recent alerts, so that the cursor file keeps each of them.
            expected.add(emulator.tenant()
                    .alerts()
                    .add(Map.of("alertCreationTime", Instant.now().minusSeconds(10L * i))));
        }
        cursor = folder.resolve("alerts.cursor");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void shouldLoseNothingIfAnAcknowledgementCannotBeWritten() throws IOException, InterruptedException {
        int limit = 16;
        PrintedAlerts before = new PrintedAlerts();
        try (WatchProcess full = WatchProcess.startWithFullDisk(emulator, cursor, limit)) {
            before.addAll(full.rest());
            shouldHaveEndedWith(full, "Cannot write the cursor file " + cursor + ": File too large. ");
        }
        assertThat(before.lines()).as("it ended in the middle").isBetween(1, ALERTS - 1);
        assertThat(before.repeats()).isZero();
        assertThat(Files.size(cursor)).isBetween(limit * KIBIBYTE / 2L, (long) limit * KIBIBYTE);

        shouldPrintTheRest(before.ids());
    }

    @Test
    void shouldLoseNothingIfTheProgressOfAPollCannotBeWritten() throws IOException, InterruptedException {
        shouldPrintTheRest(Set.of());
        byte[] whole = Files.readAllBytes(cursor);

        try (WatchProcess full = WatchProcess.startWithFullDisk(emulator, cursor, whole.length / 2 / KIBIBYTE)) {
            assertThat(full.rest()).isEmpty();
            shouldHaveEndedWith(full, "Cannot write the cursor file " + cursor + ": File too large. ");
        }
        assertThat(cursor).hasBinaryContent(whole);

        Set<String> before = Set.copyOf(expected);
        expected.add(emulator.tenant().alerts().add(Map.of()));
        shouldPrintTheRest(before);
    }

    @Test
    void shouldLoseNothingIfStandardOutputCannotBeWritten() throws IOException, InterruptedException {
        Path lines = folder.resolve("lines");
        try (WatchProcess full = WatchProcess.startWithFullDisk(emulator, cursor, 64, lines)) {
            shouldHaveEndedWith(full, "Cannot write to standard output: File too large");
        }
        PrintedAlerts before = new PrintedAlerts();
        before.addAll(Files.readAllLines(lines));
        assertThat(before.lines()).as("it ended in the middle").isBetween(1, ALERTS - 1);

        shouldPrintTheRest(before.ids());
    }

    /** Expects one message and an exit code, without a stack trace. */
    private static void shouldHaveEndedWith(WatchProcess process, String message)
            throws IOException, InterruptedException {
        assertThat(process.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(process.err()).startsWith("defender: " + message).hasLineCount(1);
    }

    /** Expects that a process with space prints all alerts except those in the cursor file. */
    private void shouldPrintTheRest(Set<String> before) throws IOException, InterruptedException {
        Set<String> missing = new HashSet<>(expected);
        missing.removeAll(acknowledged());
        assertThat(before).as("what is acknowledged was printed").containsAll(acknowledged());
        PrintedAlerts now = new PrintedAlerts();
        try (WatchProcess process = WatchProcess.start(emulator, cursor)) {
            while (!now.ids().containsAll(missing)) {
                now.add(process.line());
            }
            process.terminate();
            now.addAll(process.rest());
            assertThat(process.exitCode()).isEqualTo(128 + 15);
            assertThat(process.err()).isEmpty();
        }
        assertThat(now.ids()).isEqualTo(missing);
        assertThat(now.repeats()).isZero();
        assertThat(acknowledged()).isEqualTo(expected);
    }

    /** Returns the ids in the cursor file, which are at the end of the lines with versions. */
    private Set<String> acknowledged() throws IOException {
        if (!Files.exists(cursor)) {
            return Set.of();
        }
        return Files.readAllLines(cursor).stream()
                .filter(line -> line.contains(" seen "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.toSet());
    }
}
