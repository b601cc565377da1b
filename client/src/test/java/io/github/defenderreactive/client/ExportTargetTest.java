package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.FileExports;
import io.github.defenderreactive.client.export.ExportException;
import io.github.defenderreactive.client.export.ExportFlux;
import io.github.defenderreactive.client.export.ExportFormat;
import io.github.defenderreactive.client.export.ExportReport;
import io.github.defenderreactive.client.export.ExportTarget;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.operation.FileExport;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.testing.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** Exports as files on disk; those of an interrupted export are compared byte by byte with the undisturbed ones. */
class ExportTargetTest {

    private static final int FILES = 4;
    private static final int RECORDS = 8_000;

    private static DefenderEmulator emulator;
    private static DefenderClient client;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        emulator = DefenderEmulator.builder()
                .size(10)
                .clock(new TestClock(Instant.parse("2026-11-20T11:02:00Z")))
                .start();
        emulator.tenant()
                .exportFiles(
                        "exportSoftwareVulnerabilityFiles",
                        FILES,
                        file -> IntStream.range(0, RECORDS)
                                .mapToObj(line -> AssetVulnerability.builder()
                                        .id(file + "/" + line)
                                        .softwareName(line % 3 == 0 ? "=cmd|' /C calc'!A0" : "a, \"b\"\r\nc")
                                        .cvssScore(line % 10 + 0.5)
                                        .diskPaths(List.of("C:\\x", "D:\\y"))
                                        .build()));
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    @AfterEach
    void clear() {
        emulator.faults().clear();
    }

    private static ExportFlux<AssetVulnerability> vulnerabilities() {
        return client.exports().read(FileExports.VULNERABILITIES);
    }

    private static ExportReport write(ExportTarget target) {
        return Objects.requireNonNull(vulnerabilities().writeTo(target).block(Clients.PATIENCE));
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static String unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Cancels an export after some records, and waits until its connections are closed. */
    private static void interrupt(ExportTarget target, Path progress) {
        emulator.faults().add(Fault.paced(400_000).on("download").always());
        Disposable export = vulnerabilities().concurrency(2).writeTo(target).subscribe();
        Awaitility.await().atMost(Clients.PATIENCE).until(() -> Files.exists(progress));
        export.dispose();
        Awaitility.await()
                .atMost(Clients.PATIENCE)
                .until(() -> emulator.journal().idle());
        emulator.faults().clear();
    }

    @Test
    void shouldWriteOneLinePerRecord() throws IOException {
        Path file = folder.resolve("all.ndjson");
        Files.writeString(file, "old");

        ExportReport report = write(ExportTarget.file(file));

        assertThat(report.files()).containsExactly(file);
        assertThat(report.records()).isEqualTo(FILES * RECORDS);
        assertThat(Files.readAllLines(file))
                .hasSize(FILES * RECORDS)
                .startsWith("{\"id\":\"0/0\",\"softwareName\":\"=cmd|' /C calc'!A0\",\"cvssScore\":0.5,"
                        + "\"diskPaths\":[\"C:\\\\x\",\"D:\\\\y\"]}")
                .allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(files(folder)).containsOnlyKeys("all.ndjson");
    }

    @Test
    void shouldWriteCommaSeparatedValues() throws IOException {
        Path file = folder.resolve("all.csv");

        write(ExportTarget.file(file).format(ExportFormat.CSV));

        String[] lines = Files.readString(file).split("\r\n(?!c\")", -1);
        assertThat(lines).hasSize(FILES * RECORDS + 2);
        assertThat(lines[0])
                .isEqualTo(FileExports.VULNERABILITIES.columns().stream()
                        .map(FileExport.Column::name)
                        .collect(Collectors.joining(",")))
                .startsWith("id,deviceId,deviceName,");
        assertThat(lines[1])
                .startsWith("0/0,,")
                .contains(",'=cmd|' /C calc'!A0,", ",0.5,", ",\"[\"\"C:\\\\x\"\",\"\"D:\\\\y\"\"]\",");
        assertThat(lines[2]).contains(",\"a, \"\"b\"\"\r\nc\",");
        assertThat(lines[FILES * RECORDS + 1]).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void shouldContinueAnInterruptedFile(ExportFormat format) throws IOException {
        Path expected = folder.resolve("expected");
        write(ExportTarget.file(expected).format(format).gzip());
        Path file = folder.resolve("file.gz");
        Path progress = folder.resolve("progress");
        ExportTarget target = ExportTarget.file(file).format(format).gzip().resume(progress);

        interrupt(target, progress);
        assertThat(file).doesNotExist();
        assertThat(Files.readString(progress)).contains("\"settings\"").doesNotContain("sig=");
        // what was written after the last stored position
        Files.write(folder.resolve("file.gz.part"), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        ExportReport report = write(target);

        assertThat(report.records()).isEqualTo(FILES * RECORDS);
        assertThat(report.progress().records()).isLessThan(FILES * RECORDS);
        assertThat(file).hasSameBinaryContentAs(expected);
        assertThat(unzipped(file)).isNotEmpty();
        assertThat(files(folder)).containsOnlyKeys("expected", "file.gz");
    }

    @Test
    void shouldContinueAnInterruptedDirectory() throws IOException {
        Path expected = folder.resolve("expected");
        write(ExportTarget.directory(expected));
        Path directory = folder.resolve("directory");
        Path progress = folder.resolve("progress");
        ExportTarget target = ExportTarget.directory(directory).resume(progress);

        interrupt(target, progress);
        ExportReport report = write(target);

        assertThat(report.records()).isEqualTo(FILES * RECORDS);
        assertThat(report.progress().records()).isLessThan(FILES * RECORDS);
        assertThat(files(directory))
                .containsOnlyKeys(
                        "vulnerabilities-00001.ndjson",
                        "vulnerabilities-00002.ndjson",
                        "vulnerabilities-00003.ndjson",
                        "vulnerabilities-00004.ndjson");
        for (Path file : report.files()) {
            assertThat(file).hasSameBinaryContentAs(expected.resolve(file.getFileName()));
        }
        assertThat(progress).doesNotExist();
    }

    @Test
    void shouldLeaveNothingOfAFailedExport() throws IOException {
        Path file = folder.resolve("all.ndjson");
        Files.writeString(file, "old");
        emulator.faults().add(Fault.status(404).on("download").fromCall(3).always());

        StepVerifier.create(vulnerabilities().writeTo(ExportTarget.file(file)))
                .expectError()
                .verify(Clients.PATIENCE);

        assertThat(files(folder)).containsOnlyKeys("all.ndjson");
        assertThat(file).hasContent("old");
    }

    @Test
    void shouldLeaveNothingOfACancelledExport() throws IOException {
        emulator.faults().add(Fault.paced(100_000).on("download").always());
        Disposable export = vulnerabilities()
                .writeTo(ExportTarget.file(folder.resolve("x")))
                .subscribe();
        Awaitility.await().atMost(Clients.PATIENCE).until(() -> !files(folder).isEmpty());
        export.dispose();

        Awaitility.await().atMost(Clients.PATIENCE).until(() -> files(folder).isEmpty());
        Awaitility.await()
                .atMost(Clients.PATIENCE)
                .until(() -> emulator.journal().idle());
    }

    @Test
    void shouldRefuseAProgressFileOfAnotherExport() throws IOException {
        Path progress = folder.resolve("progress");
        ExportTarget target = ExportTarget.file(folder.resolve("a")).resume(progress);
        interrupt(target, progress);

        StepVerifier.create(vulnerabilities().writeTo(target.format(ExportFormat.CSV)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ExportException.class)
                        .hasMessageContaining("is one of vulnerabilities.ndjson, not of vulnerabilities.csv"))
                .verify(Clients.PATIENCE);

        Files.writeString(progress, "{\"version\":2}");
        StepVerifier.create(vulnerabilities().writeTo(target))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ExportException.class)
                        .hasMessageContaining("version must be 1, was 2"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() {
        Path file = folder.resolve("missing").resolve("x");

        StepVerifier.create(vulnerabilities().writeTo(ExportTarget.file(file)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ExportException.class)
                        .hasMessageContaining(file + " cannot be written: its directory does not exist"))
                .verify(Clients.PATIENCE);
    }
}
