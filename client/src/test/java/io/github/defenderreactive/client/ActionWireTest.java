package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.action.ActionOutcome;
import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Response actions over TLS. */
class ActionWireTest {

    private static final int DEVICES = 20;

    private DefenderEmulator emulator;
    private DefenderClient client;

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder()
                .size(DEVICES * 20)
                .clock(Clock.systemUTC())
                .actionPace(Duration.ofMillis(500), Duration.ofMillis(500))
                .start();
        client = Clients.of(emulator);
    }

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    @Test
    void shouldIsolateEveryDeviceOnceWhenResponsesAreLostAndRefused() {
        emulator.faults()
                .add(Fault.resetAfter(5).on("isolateMachine").fromCall(3).times(4))
                .add(Fault.throttled(Duration.ofSeconds(1)).on("isolateMachine").fromCall(12));
        List<String> devices = IntStream.range(0, DEVICES)
                .mapToObj(emulator.tenant()::machineId)
                .toList();

        List<ActionOutcome> outcomes = client.machineActions()
                .awaitEach(Flux.fromIterable(devices), ActionRequest.isolate("case 4711"), Duration.ofMinutes(1))
                .collectList()
                .block(Clients.PATIENCE);

        assertThat(outcomes).extracting(ActionOutcome::machineId).containsExactlyInAnyOrderElementsOf(devices);
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.error()).isNull())
                .allMatch(ActionOutcome::requested);
        assertThat(emulator.journal().calls("isolateMachine"))
                .extracting(JournalEntry::status)
                .filteredOn(status -> status == 201)
                .hasSize(DEVICES);
        assertThat(emulator.journal().calls("getMachineAction")).isEmpty();
    }

    @Test
    void shouldKeepTheOrderAcrossDerivedClients() {
        String device = emulator.tenant().machineId(0);
        emulator.faults().add(Fault.delayed(Duration.ofMillis(300)).on("isolateMachine"));

        List<MachineAction> actions = Flux.mergeSequential(
                        client.machineActions()
                                .action(device, ActionRequest.isolate("a"))
                                .submit(),
                        client.withDeadline(Duration.ofSeconds(30))
                                .machineActions()
                                .action(device, ActionRequest.unisolate("b"))
                                .submit())
                .collectList()
                .block(Clients.PATIENCE);

        assertThat(actions)
                .extracting(MachineAction::type)
                .containsExactly(MachineActionType.ISOLATE, MachineActionType.UNISOLATE);
        assertThat(emulator.journal().apiCalls())
                .extracting(JournalEntry::operationId)
                .containsExactly("isolateMachine", "unisolateMachine");
    }
}
