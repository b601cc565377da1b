package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in 64 MB, against responses and files that ask for more: it prints all or ends with one line and an exit
 * code, and never waits.
 */
@Timeout(300)
class SmallHeapCommandTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final String COLLECTIONS = "/api/";

    /** The message at the start of a watch without a cursor. */
    private static final String NO_CURSOR =
            "defender: Without --cursor no progress is kept; the next watch starts over\n";

    @TempDir
    Path folder;

    /** Runs the command and waits for its end. */
    private static Outcome run(HttpHandler service, String... command) throws IOException, InterruptedException {
        try (StaticServer server = new StaticServer(200, "{}".getBytes(StandardCharsets.US_ASCII))) {
            server.serve(COLLECTIONS, service);
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(server.options());
            try (CommandProcess process = CommandProcess.start(List.of("-Xmx64m"), Map.of(), arguments, "", "")) {
                int exitCode = process.exitCode();
                return new Outcome(exitCode, process.lines(), process.err().replace(NO_CURSOR, ""));
            }
        }
    }

    private record Outcome(int exitCode, long lines, String err) {

        void failed(int expected, String... words) {
            assertThat(exitCode).as(err).isEqualTo(expected);
            assertThat(err).hasLineCount(1).startsWith("defender: ").contains(words);
        }

        void printed(long rows) {
            assertThat(exitCode).as(err).isEqualTo(ExitCode.OK);
            assertThat(lines).isEqualTo(rows);
            assertThat(err).isEmpty();
        }
    }

    private static HttpHandler items(int items, int idLength, int titleLength) {
        return exchange -> LargeResponses.collection(exchange, items, idLength, titleLength);
    }

    // ---- responses ---------------------------------------------------------------------------------------------

    @Test
    void shouldRejectAnAlertThatIsTooLarge() throws IOException, InterruptedException {
        run(items(1, 0, 12 * MEBIBYTE), "alerts", "stream").failed(ExitCode.SERVICE, "larger than", "4194304");
    }

    @Test
    void shouldPrintAlertsThatFitOneByOne() throws IOException, InterruptedException {
        run(items(6, 0, 3 * MEBIBYTE), "alerts", "stream").printed(6);
    }

    /** The ids alone exceed the heap. */
    @Test
    void shouldPrintAPageOfAnySize() throws IOException, InterruptedException {
        run(items(50_000, 1_500, 0), "call", "listMachines").printed(50_000);
    }

    @Test
    @Tag("slow")
    void shouldPrintAPageOfAMillionRows() throws IOException, InterruptedException {
        run(items(1_000_000, 0, 0), "call", "listMachines").printed(1_000_000);
    }

    @Test
    void shouldEndIfAnEntityDoesNotFit() throws IOException, InterruptedException {
        run(items(4, 0, 15 * MEBIBYTE), "call", "getAlert", "--param", "id=a")
                .failed(ExitCode.OTHER, "Out of memory", "-Xmx");
    }

    // ---- watches -----------------------------------------------------------------------------------------------

    /** The state of the watch exceeds the heap. */
    @Test
    void shouldEndAWatchWithTooManyPastAlerts() throws IOException, InterruptedException {
        run(items(50_000, 900, 0), "alerts", "stream", "--watch", "--since", "2025-01-01T00:00:00Z")
                .failed(ExitCode.OTHER, "must remember", "Start at a later time, or give the JVM more memory");
    }

    @Test
    @Tag("slow")
    void shouldEndAWatchWithAMillionPastAlerts() throws IOException, InterruptedException {
        run(items(1_000_000, 0, 0), "alerts", "stream", "--watch", "--since", "2025-01-01T00:00:00Z")
                .failed(ExitCode.OTHER, "must remember", "Start at a later time, or give the JVM more memory");
    }

    @Test
    void shouldRejectACursorFileThatIsTooLarge() throws IOException, InterruptedException {
        Path cursor = folder.resolve("alerts.cursor");
        try (FileChannel file = FileChannel.open(cursor, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {'\n'}), 1_500_000_000 - 1);
        }

        run(items(0, 0, 0), "alerts", "stream", "--watch", "--cursor", cursor.toString())
                .failed(ExitCode.OTHER, cursor.toString(), "1500000000 bytes");
    }

    /** The file is within its limit but exceeds the heap, which takes a while to detect. */
    @Test
    @Tag("slow")
    void shouldEndIfACursorFileDoesNotFit() throws IOException, InterruptedException {
        Path cursor = folder.resolve("alerts.cursor");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 400_000; i++) {
            String text = "seen 2026-01-01T00:00:00Z da" + i;
            CRC32 sum = new CRC32();
            sum.update(text.getBytes(StandardCharsets.UTF_8));
            lines.append(String.format("%08x ", sum.getValue())).append(text).append('\n');
        }
        Files.writeString(cursor, lines);

        run(items(0, 0, 0), "alerts", "stream", "--watch", "--cursor", cursor.toString())
                .failed(ExitCode.OTHER, "Out of memory", "-Xmx");
    }
}
