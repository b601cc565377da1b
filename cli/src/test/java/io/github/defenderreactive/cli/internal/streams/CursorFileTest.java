package io.github.defenderreactive.cli.internal.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursor files that a watch cannot use: the process reports the file and the reason and prints no alert. */
@Timeout(120)
class CursorFileTest {

    private static final int ALERTS = 5;

    private static DefenderEmulator emulator;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        emulator = DefenderEmulator.builder().size(ALERTS).plainHttp(true).start();
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    /** Expects one message and an exit code, without a stack trace. */
    private static void shouldReject(Path cursor, String message) throws IOException, InterruptedException {
        shouldReject(cursor, ExitCode.OTHER, message);
    }

    private static void shouldReject(Path cursor, int exitCode, String message)
            throws IOException, InterruptedException {
        try (WatchProcess process = WatchProcess.start(emulator, cursor)) {
            assertThat(process.rest()).isEmpty();
            assertThat(process.exitCode()).isEqualTo(exitCode);
            assertThat(process.err()).isEqualTo("defender: " + message + "\n");
        }
    }

    @Test
    void shouldRejectADamagedFile() throws IOException, InterruptedException {
        Path cursor = Files.writeString(folder.resolve("alerts.cursor"), "nonsense\n");
        shouldReject(
                cursor,
                "The cursor file " + cursor
                        + " is damaged at line 1. Restore it, or move it away and start the watch at"
                        + " a time of your choice");
        assertThat(cursor).hasContent("nonsense\n");
    }

    @Test
    void shouldRejectAMissingFolder() throws IOException, InterruptedException {
        Path cursor = folder.resolve("none/alerts.cursor");
        shouldReject(
                cursor,
                "Cannot open the cursor file " + cursor
                        + ": its folder does not exist. Use a regular file in an existing folder, both readable and"
                        + " writable");
    }

    @Test
    void shouldRejectAFolderThatIsAFile() throws IOException, InterruptedException {
        Path cursor = Files.writeString(folder.resolve("plain"), "").resolve("alerts.cursor");
        shouldReject(
                cursor,
                "Cannot open the cursor file " + cursor
                        + ": Not a directory. Use a regular file in an existing folder, both readable and writable");
    }

    @Test
    void shouldRejectAFileThatIsAFolder() throws IOException, InterruptedException {
        Path cursor = Files.createDirectory(folder.resolve("alerts.cursor"));
        shouldReject(cursor, ExitCode.USAGE, notRegular(cursor));
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(cursor));
    }

    private static String notRegular(Path cursor) {
        return "--cursor must name a regular file: " + cursor + " is not one. Omit --cursor to keep no progress";
    }

    /** A regular file in its place would leave the reader of the FIFO waiting. */
    @Test
    void shouldNotReplaceAFifo() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(folder.resolve("link"), fifo);
        for (Path cursor : List.of(fifo, link)) {
            shouldReject(cursor, ExitCode.USAGE, notRegular(cursor));
        }
        assertThat(Files.readAttributes(fifo, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(link).isSymbolicLink();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(fifo, link);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "/dev/stdout", "/dev/null"})
    void shouldRejectAFileThatCannotKeepProgress(String cursor) {
        CommandLineRun run =
                CommandLineRun.of("alerts", "stream", "--emulator", "--size", "1", "--watch", "--cursor", cursor);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--cursor");
        assertThat(Path.of("null.lock")).doesNotExist();
    }

    @Test
    void shouldRejectTheFileOfAnotherProcess() throws IOException, InterruptedException {
        Path cursor = folder.resolve("alerts.cursor");
        try (WatchProcess first = WatchProcess.start(emulator, cursor)) {
            for (int i = 0; i < ALERTS; i++) {
                first.line();
            }
            shouldReject(
                    cursor,
                    "Another watch has opened the cursor file " + cursor
                            + ". Stop that watch, or use another file for this one");
            assertThat(first.isAliveAfter(0)).isTrue();
            first.terminate();
            assertThat(first.exitCode()).isEqualTo(128 + 15);
        }
        try (WatchProcess second = WatchProcess.start(emulator, cursor)) {
            String later = emulator.tenant().alerts().add(Map.of());
            assertThat(second.line()).contains(later);
        }
    }
}
