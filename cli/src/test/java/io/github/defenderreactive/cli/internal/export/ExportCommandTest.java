package io.github.defenderreactive.cli.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.api.FileExports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static CommandLineRun export(String... arguments) {
        return CommandLineRun.of(Stream.concat(Stream.of("export", "--emulator"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void shouldNameEveryExport() {
        CommandLineRun help = CommandLineRun.of("export", "--help");

        assertThat(help.out().replaceAll("\\s+", " "))
                .contains("secure-configurations, software, software-without-product-code, vulnerabilities,"
                        + " browser-extensions, information-gathering, security-baselines, certificates,"
                        + " hardware-and-firmware.");
        assertThat(new ExportKinds()).hasSize(FileExports.all().size());
    }

    @Test
    void shouldPrintOneLinePerRecord() throws IOException {
        CommandLineRun run = export("software");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).hasSizeGreaterThan(10);
        for (String line : run.lines()) {
            assertThat(JSON.readTree(line).get("softwareName").textValue()).isNotBlank();
        }
    }

    @Test
    void shouldWriteTheSameBytesToFilesAndStandardOutput() throws IOException {
        String printed = export("certificates", "--format", "csv").out();
        Path file = folder.resolve("certificates.csv.gz");

        CommandLineRun run = export("certificates", "--format", "CSV", "--gzip", "--out", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEmpty();
        assertThat(unzipped(file)).isEqualTo(printed).startsWith("deviceId,").contains("\r\n");
    }

    @Test
    void shouldWriteADirectory() throws IOException {
        Path progress = folder.resolve("progress");
        String directory = folder.resolve("new") + "/";

        CommandLineRun run = export("software", "--out", directory, "--resume", progress.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            List<String> lines =
                    files.sorted().flatMap(ExportCommandTest::lines).toList();
            assertThat(lines).containsExactlyElementsOf(export("software").lines());
        }
        assertThat(progress).doesNotExist();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldPrintChanges() {
        String since = Instant.now().minus(13, ChronoUnit.DAYS).toString();

        CommandLineRun run = export("vulnerabilities", "--since", since);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).isNotEmpty().allMatch(line -> line.contains("\"eventTimestamp\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alerts | KIND must be one of secure-configurations, software,",
                "software --resume x | --resume requires --out FILE or DIR",
                "software --concurrency 0 | --concurrency must be from 1 to 64, was 0",
                "software --since 2026-11-01T00:00:00Z | --since can be used with vulnerabilities only",
                "vulnerabilities --since 2026-11-01T00:00:00Z --gzip | --since can be used with vulnerabilities only",
                "software --out /dev/null | must be a regular file, a directory or -",
                "software --format xml | --format"
            })
    void shouldRejectWrongUsage(String arguments, String message) {
        CommandLineRun run = export(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
    }

    @Test
    void shouldNameAFileThatCannotBeWritten() {
        CommandLineRun run = export(
                "software", "--out", folder.resolve("missing").resolve("x").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(run.err()).hasLineCount(1).contains("cannot be written: its directory does not exist");
    }
}
