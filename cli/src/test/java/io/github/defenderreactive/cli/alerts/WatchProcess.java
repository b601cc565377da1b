package io.github.defenderreactive.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.Defender;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.JavaProcess;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code defender alerts stream --watch} in a process of its own, against an emulator that outlives it. */
final class WatchProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private WatchProcess(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader();
        this.err = err;
    }

    /** Prints into a pipe that this process reads. */
    static WatchProcess start(DefenderEmulator emulator, Path cursor) throws IOException {
        return start(command(emulator, cursor), emulator, ProcessBuilder.Redirect.PIPE, cursor);
    }

    /** May not let any file grow beyond a size: for the process that is a disk that is full. */
    static WatchProcess startWithFullDisk(DefenderEmulator emulator, Path cursor, int kibibytes) throws IOException {
        return start(limited(kibibytes, command(emulator, cursor)), emulator, ProcessBuilder.Redirect.PIPE, cursor);
    }

    /** Prints into a file, which is subject to the limit as well. */
    static WatchProcess startWithFullDisk(DefenderEmulator emulator, Path cursor, int kibibytes, Path lines)
            throws IOException {
        return start(
                limited(kibibytes, command(emulator, cursor)),
                emulator,
                ProcessBuilder.Redirect.to(lines.toFile()),
                cursor);
    }

    private static WatchProcess start(
            List<String> command, DefenderEmulator emulator, ProcessBuilder.Redirect out, Path cursor)
            throws IOException {
        Path err = Files.createTempFile("defender-watch", ".err");
        ProcessBuilder builder =
                JavaProcess.builder(command, emulator.clientSecret(), err).redirectOutput(out);
        return new WatchProcess(builder.start(), err);
    }

    private static List<String> command(DefenderEmulator emulator, Path cursor) {
        List<String> arguments = new ArrayList<>(List.of("alerts", "stream"));
        arguments.addAll(EmulatedService.options(emulator));
        arguments.addAll(List.of("--since", "2020-01-01T00:00:00Z", "--every", "1s"));
        arguments.addAll(List.of("--watch", "--cursor", cursor.toString()));
        // The second option: its file of counters would be over the limit of a full disk.
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");
        return JavaProcess.command(options, Defender.class.getName(), arguments);
    }

    /** The JVM ignores the signal that comes with the limit, so that a write fails in the middle, as on a full disk. */
    private static List<String> limited(int kibibytes, List<String> command) {
        List<String> all =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f \"$0\" && exec \"$@\"", Integer.toString(kibibytes)));
        all.addAll(command);
        return all;
    }

    /** The next line; there must be one. */
    String line() throws IOException {
        String line = out.readLine();
        assertThat(line).as("a line; on standard error: %s", err()).isNotNull();
        return line;
    }

    /** What is in the pipe still, as it would be in a file, and what comes until the process ends. */
    List<String> rest() {
        return out.lines().toList();
    }

    /** Closes the reading end, as {@code head} does when it has seen enough. */
    void leave() throws IOException {
        out.close();
    }

    /** Whether it is still there after some time. */
    boolean livesFor(long millis) throws InterruptedException {
        return !process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Without warning, as {@code kill -9}. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** As {@code kill}. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("has ended")
                .isTrue();
        return process.exitValue();
    }

    /** What it said so far. */
    String err() throws IOException {
        return JavaProcess.said(err);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(err);
    }
}
