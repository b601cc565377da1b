package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code defender} in its own process, started by a shell, with its own locale, signals and memory. */
public final class CommandProcess implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 240;

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts the command.
     *
     * @param options of the JVM
     * @param environment variables to set
     * @param before shell text before the command, which may contain bytes that are not text in this JVM
     * @param after shell text after the arguments
     */
    public static CommandProcess start(
            List<String> options, Map<String, String> environment, List<String> arguments, String before, String after)
            throws IOException {
        return start(options, environment, Defender.class, arguments, before, after);
    }

    /** Starts another program. */
    public static CommandProcess start(
            List<String> options,
            Map<String, String> environment,
            Class<?> program,
            List<String> arguments,
            String before,
            String after)
            throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("-XX:-UsePerfData");
        List<String> command = new ArrayList<>(List.of("bash", "-c", before + " exec \"$@\" " + after, "bash"));
        command.addAll(JavaProcess.command(all, program.getName(), arguments));
        Path out = Files.createTempFile("defender", ".out");
        Path err = Files.createTempFile("defender", ".err");
        ProcessBuilder builder = JavaProcess.builder(command, "", err).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start(), out, err);
    }

    /** Sends a signal, such as {@code INT}. */
    public void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits for the end of the process. */
    public int exitCode() throws InterruptedException, IOException {
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("has ended; on standard error: %s", err())
                .isTrue();
        return process.exitValue();
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    /** Returns the number of printed lines, which may be of any length. */
    public long lines() throws IOException {
        try (Stream<String> lines = Files.lines(out)) {
            return lines.count();
        }
    }

    public String err() throws IOException {
        return JavaProcess.said(err);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
