package io.github.defenderreactive.cli.internal.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.CommandProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorCommandTest {

    @TempDir
    private Path directory;

    @Test
    void shouldServeOtherProcessesUntilItIsInterrupted() throws Exception {
        Path file = directory.resolve("emulator.json");
        try (CommandProcess emulator = CommandProcess.start(
                List.of(), Map.of(), List.of("emulator", "--size", "60", "--port-file", file.toString()), "", "")) {
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(file));
            JsonNode connection = new ObjectMapper().readTree(Files.readString(file));

            CommandLineRun run = CommandLineRun.of(
                    Map.of(
                            "DEFENDER_CLIENT_SECRET",
                            connection.get("clientSecret").asText()),
                    "alerts",
                    "stream",
                    "--base-url",
                    connection.get("baseUrl").asText(),
                    "--authority",
                    connection.get("authority").asText(),
                    "--tenant",
                    connection.get("tenantId").asText(),
                    "--client-id",
                    connection.get("clientId").asText(),
                    "--ca-file",
                    connection.get("certificateFile").asText());
            emulator.signal("TERM");

            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines()).hasSize(60);
            assertThat(connection.get("controlUrl").asText())
                    .isEqualTo(connection.get("baseUrl").asText() + "/_emulator");
            assertThat(connection.get("controlToken").asText()).hasSize(32);
            assertThat(emulator.exitCode()).isEqualTo(143);
            assertThat(emulator.out()).isEqualTo(Files.readString(file));
        }
    }

    @Test
    void shouldReportAPortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun run = CommandLineRun.of("emulator", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("bind", String.valueOf(taken.getLocalPort()));
        }
    }
}
