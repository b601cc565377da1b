package io.github.defenderreactive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cursor files that a watch cannot use: the real process says which and why, and prints nothing before. */
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

    /** One message and the exit code of the page, no stack trace. */
    private static void shouldRefuse(Path cursor, String message) throws IOException, InterruptedException {
        try (WatchProcess process = WatchProcess.start(emulator, cursor)) {
            assertThat(process.rest()).isEmpty();
            assertThat(process.exitCode()).isEqualTo(ExitCode.OTHER);
            assertThat(process.err()).isEqualTo("defender: " + message + "\n");
        }
    }

    @Test
    void shouldRefuseAFileThatIsDamaged() throws IOException, InterruptedException {
        Path cursor = Files.writeString(folder.resolve("alerts.cursor"), "nonsense\n");
        shouldRefuse(
                cursor,
                "The cursor file " + cursor
                        + " is damaged at line 1. Restore it, or move it away and start the watch at"
                        + " a time of your choice");
        assertThat(cursor).hasContent("nonsense\n");
    }

    @Test
    void shouldRefuseAFolderThatIsMissing() throws IOException, InterruptedException {
        Path cursor = folder.resolve("none/alerts.cursor");
        shouldRefuse(
                cursor,
                "Cannot open the cursor file " + cursor
                        + ": its folder does not exist. Give a file in a folder that exists, both of which may be read"
                        + " and written");
    }

    @Test
    void shouldRefuseAFolderThatIsAFile() throws IOException, InterruptedException {
        Path cursor = Files.writeString(folder.resolve("plain"), "").resolve("alerts.cursor");
        shouldRefuse(
                cursor,
                "Cannot open the cursor file " + cursor + ": Not a directory (" + cursor
                        + ".lock). Give a file in a folder that exists, both of which may be read and written");
    }

    @Test
    void shouldRefuseAFileThatIsAFolder() throws IOException, InterruptedException {
        Path cursor = Files.createDirectory(folder.resolve("alerts.cursor"));
        shouldRefuse(
                cursor,
                "Cannot open the cursor file " + cursor
                        + ": Is a directory. Give a file in a folder that exists, both of which may be read and"
                        + " written");
    }

    @Test
    void shouldRefuseAFileThatAnotherProcessHas() throws IOException, InterruptedException {
        Path cursor = folder.resolve("alerts.cursor");
        try (WatchProcess first = WatchProcess.start(emulator, cursor)) {
            for (int i = 0; i < ALERTS; i++) {
                first.line();
            }
            shouldRefuse(
                    cursor,
                    "Another watch has the cursor file " + cursor
                            + " open. Stop that one, or give this one a file of its own");
            assertThat(first.livesFor(0)).isTrue();
            first.terminate();
            assertThat(first.exitCode()).isEqualTo(128 + 15);
        }
        try (WatchProcess second = WatchProcess.start(emulator, cursor)) {
            String later = emulator.tenant().addAlert(Map.of());
            assertThat(second.line()).contains(later);
        }
    }
}
