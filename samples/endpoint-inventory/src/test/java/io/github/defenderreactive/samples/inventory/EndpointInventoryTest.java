package io.github.defenderreactive.samples.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.liveresponse.LiveResponseSession;
import io.github.defenderreactive.client.model.AssetSoftware;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.emulator.Tenant;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.samples.inventory.EndpointInventory.ScriptResult;
import io.github.defenderreactive.samples.inventory.EndpointInventory.StartedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class EndpointInventoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OUTPUT = "{\"cranes\": 4}";
    private static final Set<String> PRODUCTS = Set.of("crane_control");

    @RegisterExtension
    final DefenderEmulatorExtension extension = DefenderEmulatorExtension.with(setup -> setup.size(60)
            .enforceQuotas(true)
            .actionPace(Duration.ofMillis(50), Duration.ofMillis(50))
            .actionVisibleAfter(Duration.ZERO));

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<Object> received = new ConcurrentLinkedQueue<>();
    private DefenderEmulator emulator;
    private DefenderClient client;
    private Path script;

    @BeforeEach
    void connect() throws IOException {
        emulator = extension.emulator();
        client = DefenderClient.builder().connection(emulator.connection()).build();
        script = Files.writeString(folder.resolve("list-cranes.ps1"), "Get-Crane | ConvertTo-Json");
        emulator.tenant().scriptOutput("list-cranes.ps1", Map.of("exit_code", 0, "script_output", OUTPUT));
        emulator.tenant()
                .exportRows(
                        "exportSoftwareInventoryFiles",
                        List.of(
                                Map.of("deviceId", "d1", "softwareName", "crane_control", "softwareVersion", "7.2"),
                                Map.of("deviceId", "d1", "softwareName", "browser", "softwareVersion", "1.0"),
                                Map.of("deviceId", "d2", "softwareName", "crane_control", "softwareVersion", "7.3")));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldCollectWhileTheServiceThrottlesAndRefuses() {
        String busy = devices().get(0);
        client.machineActions()
                .runLiveResponse(
                        busy,
                        RunLiveResponseRequest.builder()
                                .comment("A session of somebody else")
                                .commands(LiveResponseSession.builder("unused")
                                        .getFile("C:\\quay\\crane.log")
                                        .build()
                                        .commands())
                                .build())
                .block(PATIENCE);
        emulator.faults().add(Fault.throttled(Duration.ofSeconds(1)).on("runHuntingQuery"));
        emulator.faults().add(Fault.status(401).on("listMachineActions"));

        inventory().run(PRODUCTS, script).block(PATIENCE);

        assertThat(items(AssetSoftware.class))
                .extracting(AssetSoftware::deviceId)
                .containsExactlyInAnyOrder("d1", "d2");
        assertThat(items(StartedProcess.class)).hasSize(10).doesNotHaveDuplicates();
        assertThat(items(ScriptResult.class))
                .containsExactlyInAnyOrderElementsOf(devices().stream()
                        .map(device -> new ScriptResult(device, OUTPUT, null))
                        .toList());
        assertThat(emulator.journal().calls("runHuntingQuery"))
                .extracting(JournalEntry::status)
                .contains(429, 200);
        assertThat(emulator.journal().calls("listMachineActions"))
                .extracting(JournalEntry::status)
                .contains(401);
        assertThat(accepted("runLiveResponse")).isEqualTo(devices().size() + 1);
    }

    @Test
    void shouldContinueAPhaseThatFailed() throws IOException {
        emulator.faults().add(Fault.status(400).on("runHuntingQuery"));

        StepVerifier.create(inventory().run(PRODUCTS, script))
                .expectError(BadRequestException.class)
                .verify(PATIENCE);

        assertThat(items(StartedProcess.class)).isEmpty();
        assertThat(items(AssetSoftware.class)).hasSize(2);
        assertThat(items(ScriptResult.class)).hasSameSizeAs(devices());
        String began = Files.readString(folder.resolve("processes.running"));
        assertThat(folder.resolve("software.running")).doesNotExist();

        inventory().run(Set.of(), script).block(PATIENCE);

        assertThat(items(StartedProcess.class)).hasSize(10);
        assertThat(folder.resolve("processes.complete")).hasContent(began);
    }

    @Test
    void shouldContinueAfterARestart() {
        Sinks.Empty<Void> cut = Sinks.empty();
        EndpointInventory first = new EndpointInventory(
                client,
                (phase, item) -> phase.equals("scripts")
                        ? Mono.<Void>never().doOnSubscribe(subscribed -> cut.tryEmitEmpty())
                        : Mono.fromRunnable(() -> received.add(item)),
                folder,
                Clock.systemUTC());
        first.run(PRODUCTS, script).takeUntilOther(cut.asMono()).block(PATIENCE);

        inventory().run(PRODUCTS, script).block(PATIENCE);

        assertThat(Set.copyOf(items(StartedProcess.class))).hasSize(10);
        assertThat(Set.copyOf(items(AssetSoftware.class))).hasSize(2);
        assertThat(items(ScriptResult.class)).hasSameSizeAs(devices());
        assertThat(accepted("runLiveResponse")).isEqualTo(devices().size());
    }

    private EndpointInventory inventory() {
        return new EndpointInventory(
                client, (phase, item) -> Mono.fromRunnable(() -> received.add(item)), folder, Clock.systemUTC());
    }

    private <T> List<T> items(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<String> devices() {
        Tenant tenant = emulator.tenant();
        return IntStream.range(0, tenant.machines().count())
                .mapToObj(tenant::machineId)
                .filter(id -> "Active".equals(tenant.machines().get(id).get("healthStatus")))
                .toList();
    }

    private long accepted(String operationId) {
        return emulator.journal().calls(operationId).stream()
                .filter(call -> call.status() < 300)
                .count();
    }
}
