package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Actions whose answer was lost. */
class ReconcileTest {

    private static final String CASE = "case 4711";

    private DefenderEmulator emulator;
    private DefenderClient client;
    private MachineActions actions;
    private String machine;

    @BeforeEach
    void start() {
        start(Duration.ZERO);
    }

    private void start(Duration visibleAfter) {
        emulator = DefenderEmulator.builder()
                .size(20)
                .clock(Clock.systemUTC())
                .actionVisibleAfter(visibleAfter)
                .start();
        client = Clients.of(emulator);
        actions = client.machineActions();
        machine = client.machines().list().next().block(Clients.PATIENCE).id();
    }

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private Mono<MachineAction> isolate() {
        return actions.isolate(
                machine,
                IsolateMachineRequest.builder()
                        .comment(CASE)
                        .isolationType(IsolationType.FULL)
                        .build());
    }

    private OutcomeUnknownException lost() {
        List<OutcomeUnknownException> seen = new ArrayList<>();
        StepVerifier.create(isolate())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(OutcomeUnknownException.class);
                    seen.add((OutcomeUnknownException) error);
                })
                .verify(Clients.PATIENCE);
        return seen.get(0);
    }

    private Mono<MachineAction> reconcile(Instant since, String label, Duration within) {
        return actions.reconcile(machine, MachineActionType.ISOLATE, since, label, within);
    }

    @Test
    void shouldFindTheActionOfARequestThatWasCarriedOut() {
        emulator.faults().add(Fault.resetAfter(5).on("isolateMachine"));
        OutcomeUnknownException lost = lost();
        assertThat(lost.path()).endsWith("/machines/" + machine + "/isolate");
        assertThat(lost.sentAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());

        MachineAction action = reconcile(lost.sentAt(), CASE, Duration.ZERO).block(Clients.PATIENCE);

        assertThat(action).isNotNull();
        assertThat(action.machineId()).isEqualTo(machine);
        assertThat(action.type()).isEqualTo(MachineActionType.ISOLATE);
        assertThat(action.requestorComment()).isEqualTo(CASE);
        assertThat(emulator.journal().calls("isolateMachine")).hasSize(1);
    }

    @Test
    void shouldFindNothingWhenTheRequestWasNotCarriedOutAndThenSendItAgain() {
        emulator.faults().add(Fault.resetBeforeHeaders().on("isolateMachine"));
        Mono<MachineAction> safely = isolate()
                .onErrorResume(
                        OutcomeUnknownException.class,
                        lost -> reconcile(lost.sentAt(), CASE, Duration.ZERO).switchIfEmpty(isolate()));

        MachineAction action = safely.block(Clients.PATIENCE);

        assertThat(action).isNotNull();
        assertThat(emulator.journal().calls("isolateMachine")).hasSize(2);
        assertThat(emulator.journal().calls("listMachineActions")).hasSize(1);
    }

    @Test
    void shouldTakeNoOtherActionForTheLostOne() {
        isolate().block(Clients.PATIENCE);
        Instant now = Instant.now();

        StepVerifier.create(reconcile(now, "another case", Duration.ZERO))
                .expectComplete()
                .verify(Clients.PATIENCE);
        StepVerifier.create(reconcile(now.plus(Duration.ofMinutes(10)), CASE, Duration.ZERO))
                .expectComplete()
                .verify(Clients.PATIENCE);
        StepVerifier.create(actions.reconcile(machine, MachineActionType.RUN_ANTI_VIRUS_SCAN, now, CASE, Duration.ZERO))
                .expectComplete()
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldGoOnLookingUntilTheActionIsVisible() {
        stop();
        start(Duration.ofSeconds(3));
        emulator.faults().add(Fault.resetAfter(5).on("isolateMachine"));
        OutcomeUnknownException lost = lost();

        StepVerifier.create(reconcile(lost.sentAt(), CASE, Duration.ofSeconds(30)))
                .expectNextCount(1)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("listMachineActions")).hasSizeBetween(2, 4);
    }

    @Test
    void shouldWaitForAFreshActionWithAReadThatRepeatsA404() {
        stop();
        start(Duration.ofSeconds(1));
        String id = isolate().block(Clients.PATIENCE).id();
        DefenderClient patient = client.withRetry(RetryPolicy.builder()
                .baseDelay(Duration.ofSeconds(1))
                .notFoundRetries(8)
                .build());

        MachineAction action = patient.machineActions().get(id).block(Clients.PATIENCE);

        assertThat(action).isNotNull();
        assertThat(emulator.journal().calls("getMachineAction")).hasSizeGreaterThan(1);
    }
}
