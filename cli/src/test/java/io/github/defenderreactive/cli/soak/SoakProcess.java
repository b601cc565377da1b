package io.github.defenderreactive.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.JavaProcess;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link SoakProgram} in a JVM of 64 MB. */
final class SoakProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter orders;
    private final Path err;

    private SoakProcess(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader();
        this.orders = new PrintWriter(process.outputWriter(), true);
        this.err = err;
    }

    static SoakProcess start(DefenderEmulator emulator, Path folder, long alerts, Duration longest) throws IOException {
        Path certificate = Files.writeString(folder.resolve("ca.pem"), emulator.certificatePem());
        Path err = folder.resolve("err");
        List<String> command = JavaProcess.command(
                List.of(
                        // Direct memory has the same limit, as by default.
                        "-Xmx64m",
                        // Tracking every buffer is cheap here, because a response has few and large ones.
                        "-Dio.netty.leakDetection.level=paranoid"),
                SoakProgram.class.getName(),
                List.of(
                        emulator.baseUrl().toString(),
                        emulator.tenantId(),
                        emulator.clientId(),
                        certificate.toString(),
                        folder.resolve("alerts.cursor").toString(),
                        Long.toString(alerts),
                        Long.toString(longest.toSeconds())));
        ProcessBuilder builder = JavaProcess.builder(command, emulator.clientSecret(), err);
        return new SoakProcess(builder.start(), err);
    }

    /** Returns the next line, which must exist. */
    String line() throws IOException {
        String line = out.readLine();
        assertThat(line).as("a line; on standard error: %s", err()).isNotNull();
        return line;
    }

    void goOn() {
        orders.println();
    }

    String err() throws IOException {
        return JavaProcess.said(err);
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
