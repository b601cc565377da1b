package io.github.defenderreactive.cli.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.CommandProcess;
import io.github.defenderreactive.cli.StaticServer;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations of downloads that cannot be replaced, and the interruption of a download. */
@Timeout(120)
class DownloadTargetTest {

    private static final String CONTENT = "what is in the package\n";

    @TempDir
    Path folder;

    private StaticServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StaticServer(200, new byte[0]);
        server.respondWith("{\"value\":\"" + server.url() + "/stored\"}");
        server.serve("/stored", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length());
            exchange.getResponseBody().write(CONTENT.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.serve("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 2L * CONTENT.length());
            OutputStream body = exchange.getResponseBody();
            body.write(CONTENT.getBytes(StandardCharsets.US_ASCII));
            body.flush();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException endOfTheTest) {
                exchange.close();
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private List<String> arguments(String to) {
        List<String> arguments =
                new ArrayList<>(List.of("download", "getInvestigationPackageUri", "--param", "id=a", "--to", to));
        arguments.addAll(server.options());
        return arguments;
    }

    private CommandLineRun run(Path to) {
        return CommandLineRun.of(arguments(to.toString()).toArray(String[]::new));
    }

    private static boolean made(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private static boolean isSpecial(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).isOther();
    }

    @Test
    void shouldWriteIntoAFifo() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        assertThat(made("mkfifo", fifo.toString())).isTrue();
        Path link = Files.createSymbolicLink(folder.resolve("link"), fifo);
        for (Path to : List.of(fifo, link)) {
            CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> {
                try {
                    return Files.readString(fifo);
                } catch (IOException e) {
                    return e.toString();
                }
            });
            CommandLineRun run = run(to);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(reader.join()).isEqualTo(CONTENT);
        }
        assertThat(isSpecial(fifo)).isTrue();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void shouldWriteToADevice() throws IOException, InterruptedException {
        Path device = folder.resolve("null");
        assumeThat(made("mknod", device.toString(), "c", "1", "3") && Files.isWritable(device))
                .isTrue();
        CommandLineRun run = run(device);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(isSpecial(device)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"})
    void shouldWriteToStandardOutputByAnyName(String to) throws IOException, InterruptedException {
        Path real = folder.resolve("out");
        // The output is appended; a new file in its place would lack the first line.
        String redirected = "(echo first; exec \"$@\") > '" + real + "'; exit $?; ";
        try (CommandProcess command =
                CommandProcess.start(List.of(), Map.of(), arguments(to), "true; " + redirected, "")) {
            assertThat(command.exitCode()).as(command.err()).isZero();
            assertThat(real).hasContent("first\n" + CONTENT.strip());
        }
    }

    @Test
    void shouldWriteToAPipeByTheNameOfStandardOutput() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc/self/fd/1"));
        String piped = "set -o pipefail; \"$@\" | cat; exit $?; ";
        try (CommandProcess command =
                CommandProcess.start(List.of(), Map.of(), arguments(link.toString()), "true; " + piped, "")) {
            assertThat(command.exitCode()).as(command.err()).isZero();
            assertThat(command.out()).isEqualTo(CONTENT);
            assertThat(link).isSymbolicLink();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldRejectABlankName(String to) {
        CommandLineRun run = CommandLineRun.of(arguments(to).toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("must not be blank");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void shouldRemoveAPartialFileIfInterrupted(String signal, int exitCode) throws IOException, InterruptedException {
        server.respondWith("{\"value\":\"" + server.url() + "/slow\"}");
        Path kept = Files.writeString(folder.resolve("package.zip"), "of yesterday");
        // A build in the background ignores SIGINT, as do its child processes by default.
        String defaults = "exec env --default-signal=" + signal + " \"$@\"; ";
        try (CommandProcess command =
                CommandProcess.start(List.of(), Map.of(), arguments(kept.toString()), defaults, "")) {
            await().atMost(Duration.ofSeconds(60)).until(this::partialBytes, bytes -> bytes == CONTENT.length());
            command.signal(signal);
            assertThat(command.exitCode()).isEqualTo(exitCode);
            assertThat(command.err()).isEmpty();
        }
        assertThat(kept).hasContent("of yesterday");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(kept);
        }
    }

    /** Returns the partial file beside the target. */
    private long partialBytes() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("package.zip"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
