package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.defenderreactive.client.action.ActionFailedException;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.liveresponse.CommandResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseException;
import io.github.defenderreactive.client.liveresponse.LiveResponseOutcome;
import io.github.defenderreactive.client.liveresponse.LiveResponseResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseSession;
import io.github.defenderreactive.client.model.LibraryFile;
import io.github.defenderreactive.client.model.LiveResponseCommandStatus;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.pipeline.Download;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Live response over TLS. */
class LiveResponseTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @AutoClose
    private final DefenderEmulator emulator = DefenderEmulator.builder()
            .size(600)
            .clock(Clock.systemUTC())
            .actionPace(Duration.ZERO, Duration.ZERO)
            .actionVisibleAfter(Duration.ZERO)
            .start();

    @AutoClose
    private final DefenderClient client = Clients.of(emulator);

    private int used;
    private String device = "";

    @TempDir
    private Path directory;

    @BeforeEach
    void begin() {
        device = emulator.tenant().machineId(used++);
        emulator.journal().clear();
        emulator.faults().clear();
        emulator.tenant().downloadRanges(true);
    }

    private static FileContent file(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return FileContent.of(name, bytes.length, () -> Flux.just(ByteBuffer.wrap(bytes.clone())));
    }

    @Test
    void shouldReturnAResultForEachCommand() throws Exception {
        emulator.faults().add(Fault.resetBeforeHeaders().on("download"));
        emulator.tenant().scriptOutput("list-cranes.ps1", Map.of("script_output", "[\"crane-3\"]", "exit_code", 4));
        LiveResponseSession session = LiveResponseSession.builder("case 4711")
                .upload(file("cranes.json", "{}"))
                .putFile("cranes.json")
                .runScript("list-cranes.ps1", "-Quay 4")
                .runScript("collect-logs.ps1")
                .getFile("C:\\logs\\quay.log")
                .build();

        LiveResponseResult result =
                client.liveResponse().run(device, session, TIMEOUT).block(Clients.PATIENCE);

        assertThat(result.session().status()).isEqualTo(MachineActionStatus.SUCCEEDED);
        assertThat(result.commands())
                .extracting(CommandResult::type)
                .containsExactly(
                        LiveResponseCommandType.PUT_FILE,
                        LiveResponseCommandType.RUN_SCRIPT,
                        LiveResponseCommandType.RUN_SCRIPT,
                        LiveResponseCommandType.GET_FILE);
        assertThat(result.commands())
                .extracting(CommandResult::subject)
                .containsExactly("cranes.json", "list-cranes.ps1", "collect-logs.ps1", "C:\\logs\\quay.log");
        assertThat(result.commands())
                .extracting(CommandResult::status)
                .containsOnly(LiveResponseCommandStatus.COMPLETED);
        LiveResponseScriptOutput output =
                Objects.requireNonNull(result.commands().get(1).output());
        assertThat(output.scriptOutput()).isEqualTo("[\"crane-3\"]");
        assertThat(output.exitCode()).isEqualTo(4L);
        assertThat(result.commands().get(2).output().exitCode()).isZero();

        Path copy = directory.resolve("quay.log");
        Download file = Objects.requireNonNull(result.commands().get(3).file());
        emulator.faults().add(Fault.resetAfter(20).on("download"));
        Download.Report report = file.to(copy).block(Clients.PATIENCE);

        assertThat(report.bytes()).isEqualTo(Files.size(copy));
        assertThat(Files.readString(copy)).startsWith("Content of ").endsWith("\n");
        assertThat(emulator.journal().calls("runLiveResponse")).hasSize(1);
        assertThat(emulator.journal().calls("uploadLibraryFile")).hasSize(1);
        assertThat(emulator.journal().calls("download"))
                .allSatisfy(call -> assertThat(call.authorized()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldContinueACopyAfterAResetAndAnExpiredLink(boolean ranges) {
        emulator.tenant().downloadRanges(ranges);
        Download file = client.liveResponse()
                .getFile(device, "C:\\logs\\quay.log", "case 4711", TIMEOUT)
                .block(Clients.PATIENCE);
        emulator.faults()
                .add(Fault.resetAfter(30).on("download"))
                .add(Fault.status(403).on("download").fromCall(2));

        String content = file.bytes()
                .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
                .reduce("", String::concat)
                .block(Clients.PATIENCE);

        assertThat(content).startsWith("Content of ").endsWith("/file-0.bin\n");
        assertThat(emulator.journal().calls("download"))
                .extracting(JournalEntry::status)
                .hasSize(3)
                .startsWith(200, 403)
                // a reset may overtake the bytes before it
                .last()
                .isIn(200, ranges ? 206 : 200);
        assertThat(emulator.journal().calls("getLiveResponseResultDownloadLink"))
                .hasSize(2);
    }

    @Test
    void shouldUploadOnlyWhatTheLibraryDoesNotHold() {
        FileContent first = file("sweep.ps1", "Get-Process");
        FileContent second = file("Sweep.ps1", "Get-Service");
        emulator.faults().add(Fault.resetAfter(0).on("uploadLibraryFile"));

        assertThat(client.liveResponse().upload(first, false).block(Clients.PATIENCE))
                .satisfies(upload -> assertThat(upload.uploaded()).isTrue());
        assertThat(client.liveResponse().upload(first, true).block(Clients.PATIENCE))
                .satisfies(upload -> assertThat(upload.uploaded()).isFalse());
        assertThat(emulator.journal().calls("uploadLibraryFile")).hasSize(1);
        LiveResponseSession session = LiveResponseSession.builder("case 4711")
                .upload(second)
                .runScript("sweep.ps1")
                .build();
        StepVerifier.create(client.liveResponse().run(device, session, TIMEOUT))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(LiveResponseException.class)
                        .hasMessageContaining("The library holds another file with the name sweep.ps1"))
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("runLiveResponse")).isEmpty();
        LibraryFile replaced = client.liveResponse()
                .upload(second, true)
                .block(Clients.PATIENCE)
                .file();
        assertThat(replaced.fileName()).isEqualTo("Sweep.ps1");
        assertThat(emulator.journal().calls("uploadLibraryFile")).hasSize(2);
    }

    @Test
    void shouldReportEachDevice() {
        emulator.tenant().scriptOutput("a.ps1", Map.of("script_output", "a"));
        String failing = emulator.tenant().machineId(used++);
        emulator.tenant().actionsEndAs(failing, "Failed");
        LiveResponseSession session =
                LiveResponseSession.builder("case 4712").runScript("a.ps1").build();

        List<LiveResponseOutcome> outcomes = client.liveResponse()
                .runEach(Flux.just(device, failing, "0123"), session, ActionOptions.defaults(), TIMEOUT)
                .collectSortedList((one, other) -> one.machineId().compareTo(other.machineId()))
                .block(Clients.PATIENCE);

        assertThat(outcomes).hasSize(3).allSatisfy(outcome -> {
            if (outcome.machineId().equals(device)) {
                assertThat(outcome.error()).isNull();
                assertThat(outcome.requested()).isTrue();
                assertThat(outcome.result().commands().get(0).output().scriptOutput())
                        .isEqualTo("a");
            } else if (outcome.machineId().equals(failing)) {
                assertThat(outcome.error())
                        .isInstanceOf(LiveResponseException.class)
                        .hasMessageContaining("ended as Failed, because RunScript a.ps1 failed")
                        .hasCauseInstanceOf(ActionFailedException.class);
                assertThat(outcome.result().commands().get(0).output()).isNull();
            } else {
                assertThat(outcome.result()).isNull();
                assertThat(outcome.error()).isNotNull();
            }
        });
    }

    @Test
    void shouldKeepTheOutputsBeforeAFailure() {
        emulator.tenant().scriptOutput("b.ps1", Map.of("script_output", "b"));
        Map<String, Object> script =
                Map.of("type", "RunScript", "params", List.of(Map.of("key", "ScriptName", "value", "b.ps1")));
        String id = emulator.tenant()
                .machineActions()
                .add(Map.of(
                        "type",
                        "LiveResponse",
                        "machineId",
                        device,
                        "status",
                        "Failed",
                        "commands",
                        List.of(
                                Map.of("index", 0, "commandStatus", "Completed", "command", script),
                                Map.of(
                                        "index",
                                        1,
                                        "commandStatus",
                                        "Failed",
                                        "errors",
                                        List.of("disk full"),
                                        "command",
                                        script))));

        StepVerifier.create(client.liveResponse().results(id))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                LiveResponseException.class,
                                failed -> assertThat(failed.result().commands())
                                        .extracting(CommandResult::output)
                                        .extracting(output -> output == null ? null : output.scriptOutput())
                                        .containsExactly("b", null))
                        .hasMessageContaining("RunScript b.ps1 failed: disk full"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldReportAScriptThatIsNotInTheLibrary() {
        StepVerifier.create(Mono.when(client.liveResponse().runScript(device, "none.ps1", null, "case 4711", TIMEOUT)))
                .expectError(BadRequestException.class)
                .verify(Clients.PATIENCE);
        assertThat(client.liveResponse()
                        .putFile(device, "memory-map.exe", "case 4711", TIMEOUT)
                        .block(Clients.PATIENCE)
                        .status())
                .isEqualTo(MachineActionStatus.SUCCEEDED);
    }

    @Test
    void shouldAcceptCommandsInTheOrderOfTheServiceOnly() {
        LiveResponseSession.Builder session = LiveResponseSession.builder("case 4711");

        assertThatIllegalArgumentException().isThrownBy(session::build).withMessage("session must have a command");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.getFile("a").runScript("b"))
                .withMessageContaining("RunScript was added after GetFile");
        assertThatIllegalArgumentException().isThrownBy(() -> session.getFile(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> LiveResponseSession.builder(""));
    }
}
