package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large export in a process of 64 MB, with links that expire, two resets of each file, and a restart. */
class LargeExportTest {

    private static final int FILES = 40;

    @TempDir
    Path folder;

    @Test
    void shouldReadTenThousandRecords() throws IOException, InterruptedException {
        read(250, 800);
    }

    @Test
    @Tag("slow")
    void shouldReadTwoMillionRecords() throws IOException, InterruptedException {
        read(50_000, 150_000);
    }

    /** Returns a clock that moves with each look at it, so that links expire as often on a slow machine. */
    private static Clock countingClock() {
        AtomicLong looks = new AtomicLong();
        Instant start = Instant.now();
        InstantSource clock = () -> start.plusMillis(20 * looks.getAndIncrement());
        return clock.withZone(ZoneOffset.UTC);
    }

    private void read(int perFile, int resetAfter) throws IOException, InterruptedException {
        try (DefenderEmulator emulator =
                DefenderEmulator.builder().size(10).clock(countingClock()).start()) {
            emulator.tenant().linkLifetime(Duration.ofSeconds(4));
            emulator.tenant()
                    .exportFiles(
                            "exportSoftwareVulnerabilityFiles",
                            FILES,
                            file -> IntStream.range(0, perFile).mapToObj(line -> row(file, line)));
            // A call with an expired link counts too, so there are more faults than resets that are needed.
            for (int call = 1; call <= 6; call++) {
                emulator.faults()
                        .add(Fault.resetAfter((long) call * resetAfter)
                                .on("download")
                                .onEachPath()
                                .fromCall(call));
            }

            List<String> out = run(emulator.connection(), perFile);

            long all = (long) FILES * perFile;
            assertThat(out)
                    .contains(
                            "distinct places " + all,
                            "distinct records " + all,
                            // those that were received after the last stored checkpoint
                            "repeated places 2500");
            List<JournalEntry> downloads = emulator.journal().calls("download");
            assertThat(downloads).noneMatch(JournalEntry::authorized);
            assertThat(downloads).extracting(JournalEntry::status).contains(403);
            Map<String, LongSummaryStatistics> sizes = downloads.stream()
                    .filter(call -> call.status() == 200 && !call.closedEarly())
                    .collect(Collectors.groupingBy(
                            JournalEntry::target, Collectors.summarizingLong(JournalEntry::bodyBytes)));
            assertThat(sizes).hasSize(FILES);
            assertThat(sizes.values())
                    .as("each file was interrupted twice: %s", sizes)
                    .allMatch(size -> size.getCount() >= 3 && size.getMin() < size.getMax());
            System.out.println(out + ", downloads " + downloads.size());
        }
    }

    private static Map<String, ?> row(int file, int line) {
        return Map.of(
                "id",
                file + "/" + line,
                "deviceId",
                Integer.toHexString(line * 0x9e3779b9) + "0123456789abcdef0123456789abcdef",
                "softwareName",
                "product-" + line % 500,
                "softwareVersion",
                "10." + line % 70 + "." + line % 900,
                "cveId",
                "CVE-2026-" + (1_000 + line % 9_000),
                "cvssScore",
                line % 100 / 10.0);
    }

    private List<String> run(ServiceConnection connection, int perFile) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeExportProgram.class.getName(),
                        connection.url().toString(),
                        connection.authority().toString(),
                        connection.tenantId(),
                        connection.clientId(),
                        connection.clientSecret(),
                        Objects.requireNonNull(connection.certificateFile()).toString(),
                        Integer.toString(perFile),
                        Long.toString((long) FILES * perFile))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(30, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(err)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readAllLines(out);
    }
}
