package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.action.ActionFailedException;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.BadRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Live response over TLS. */
class LiveResponseTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @AutoClose
    private final DefenderEmulator emulator = DefenderEmulator.builder()
            .size(60)
            .clock(Clock.systemUTC())
            .actionPace(Duration.ofMillis(100), Duration.ofMillis(100))
            .actionVisibleAfter(Duration.ZERO)
            .start();

    @AutoClose
    private final DefenderClient client = Clients.of(emulator);

    private final String device = emulator.tenant().machineId(0);

    @TempDir
    private Path directory;

    @Test
    void shouldReturnTheOutputOfAScriptAfterABrokenDownload() {
        emulator.faults().add(Fault.resetBeforeHeaders().on("download"));
        emulator.tenant().scriptOutput("list-cranes.ps1", Map.of("script_output", "[\"crane-3\"]", "exit_code", 4));

        LiveResponseScriptOutput output = client.liveResponse()
                .runScript(device, "list-cranes.ps1", "-Quay 4", "case 4711", TIMEOUT)
                .block(Clients.PATIENCE);

        assertThat(output.scriptOutput()).isEqualTo("[\"crane-3\"]");
        assertThat(output.exitCode()).isEqualTo(4L);
        assertThat(emulator.journal().calls("runLiveResponse")).hasSize(1);
        assertThat(emulator.journal().calls("download"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.authorized()).isFalse());
    }

    @Test
    void shouldCopyAndPutFilesOnTwoDevices() throws Exception {
        Path copy = directory.resolve("quay.log");
        String file = client.library().list().blockFirst(Clients.PATIENCE).fileName();

        StepVerifier.create(Mono.zip(
                        client.liveResponse().getFile(device, "C:\\logs\\quay.log", "case 4711", copy, TIMEOUT),
                        client.liveResponse().putFile(emulator.tenant().machineId(1), file, "case 4711", TIMEOUT)))
                .assertNext(both -> {
                    assertThat(both.getT1()).isEqualTo(copy);
                    assertThat(both.getT2().status()).isEqualTo(MachineActionStatus.SUCCEEDED);
                })
                .expectComplete()
                .verify(Clients.PATIENCE);

        assertThat(Files.readString(copy)).startsWith("Content of ");
    }

    @Test
    void shouldReportASessionThatFailed() {
        emulator.tenant().scriptOutput("a.ps1", Map.of("script_output", "a"));
        emulator.tenant().actionsEndAs(device, "Failed");

        StepVerifier.create(client.liveResponse().runScript(device, "a.ps1", null, "case 4711", TIMEOUT))
                .expectError(ActionFailedException.class)
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("getLiveResponseResultDownloadLink"))
                .isEmpty();
    }

    @Test
    void shouldReportAScriptThatIsNotInTheLibrary() {
        StepVerifier.create(client.liveResponse().runScript(device, "none.ps1", null, "case 4711", TIMEOUT))
                .expectError(BadRequestException.class)
                .verify(Clients.PATIENCE);
    }
}
