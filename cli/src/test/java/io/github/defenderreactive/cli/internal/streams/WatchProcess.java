package io.github.defenderreactive.cli.internal.streams;

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

/** {@code defender alerts stream --watch} in its own process, against an emulator that outlives it. */
final class WatchProcess implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private WatchProcess(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader();
        this.err = err;
    }

    /** Starts a process whose output is read through a pipe. */
    static WatchProcess start(DefenderEmulator emulator, Path cursor) throws IOException {
        return start(command(emulator, cursor), emulator, ProcessBuilder.Redirect.PIPE, cursor);
    }

    /** Starts a process whose files are limited in size, which simulates a full disk. */
    static WatchProcess startWithFullDisk(DefenderEmulator emulator, Path cursor, int kibibytes) throws IOException {
        return start(limited(kibibytes, command(emulator, cursor)), emulator, ProcessBuilder.Redirect.PIPE, cursor);
    }

    /** Starts a process that prints into a file, which has the same limit. */
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
        // Disables a file of counters, which would exceed the limit of a full disk.
        List<String> options = List.of("-XX:-UsePerfData");
        return JavaProcess.command(options, Defender.class.getName(), arguments);
    }

    /** The JVM ignores the signal of the limit, so that a write fails partially, as on a full disk. */
    private static List<String> limited(int kibibytes, List<String> command) {
        List<String> all =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f \"$0\" && exec \"$@\"", Integer.toString(kibibytes)));
        all.addAll(command);
        return all;
    }

    /** Returns the next line, which must exist. */
    String line() throws IOException {
        String line = out.readLine();
        assertThat(line).as("a line; on standard error: %s", err()).isNotNull();
        return line;
    }

    /** Returns the remaining lines until the end of the process. */
    List<String> rest() {
        return out.lines().toList();
    }

    /** Closes the reading end of the pipe, as {@code head} does. */
    void closeReader() throws IOException {
        out.close();
    }

    /** Returns whether the process is alive after some time. */
    boolean isAliveAfter(long millis) throws InterruptedException {
        return !process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Kills the process, as {@code kill -9}. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Terminates the process, as {@code kill}. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("has ended")
                .isTrue();
        return process.exitValue();
    }

    /** Returns the messages so far. */
    String err() throws IOException {
        return JavaProcess.said(err);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(err);
    }
}
