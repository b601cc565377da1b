package io.github.defenderreactive.cli.internal.emulate;

import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.process.InterruptibleWork;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** {@code defender emulator}: runs the emulator for programs in other processes and languages. */
@Command(
        name = "emulator",
        description = "Runs the emulator until it is interrupted, and prints its address, certificate and credentials.")
public final class EmulatorCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port on the loopback interface; 0 selects a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of alerts (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the data (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--enforce-quotas", description = "Refuse calls beyond the documented quotas.")
    private boolean quotas;

    @Option(
            names = "--port-file",
            paramLabel = "FILE",
            description = "Also write the output to this file, which appears when the emulator accepts connections.")
    private @Nullable Path file;

    EmulatorCommand() {}

    @Override
    public Integer call() throws IOException {
        try (DefenderEmulator emulator = DefenderEmulator.builder()
                .port(port)
                .size(size)
                .seed(seed)
                .enforceQuotas(quotas)
                .start()) {
            JsonEncodable connection = out -> write(emulator, out);
            if (file != null) {
                publish(connection, file);
            }
            try (Output rows = Output.standard(Output.Format.JSON, List.of())) {
                rows.row(connection);
            }
            InterruptibleWork.block(Mono.never());
        }
        return ExitCode.OK;
    }

    /** Writes a file that appears with its content. */
    private static void publish(JsonEncodable connection, Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, JsonWriter.toJson(connection) + "\n");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(DefenderEmulator emulator, JsonWriter out) {
        ServiceConnection connection = emulator.connection();
        out.beginObject();
        out.name("baseUrl").string(connection.url().toString());
        out.name("authority").string(connection.authority().toString());
        out.name("tenantId").string(connection.tenantId());
        out.name("clientId").string(connection.clientId());
        out.name("clientSecret").string(connection.clientSecret());
        out.name("certificateFile").string(String.valueOf(connection.certificateFile()));
        out.name("controlUrl").string(emulator.controlUrl().toString());
        out.name("controlToken").string(emulator.controlToken());
        out.endObject();
    }
}
