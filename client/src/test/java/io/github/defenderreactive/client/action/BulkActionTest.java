package io.github.defenderreactive.client.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** One action on 100 devices. */
class BulkActionTest {

    private static final int DEVICES = 100;
    private static final ActionRequest ISOLATE = ActionRequest.isolate("case 4711");
    private static final Duration TIMEOUT = Duration.ofHours(1);

    private final List<ActionOutcome> outcomes = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean complete;

    private Disposable start(ActionWorkflow workflow, List<String> devices, ActionOptions options) {
        return workflow.awaitEach(Flux.fromIterable(devices), ISOLATE, options, TIMEOUT)
                .subscribe(outcomes::add, failures::add, () -> complete = true);
    }

    private void everyDeviceShouldHaveAnOutcome(List<String> devices) {
        assertThat(failures).isEmpty();
        assertThat(complete).isTrue();
        assertThat(outcomes).extracting(ActionOutcome::machineId).containsExactlyInAnyOrderElementsOf(devices);
    }

    private static void everyDeviceShouldHaveOneIsolation(ActionWorld world, List<String> devices) {
        Map<Object, Integer> isolations = new HashMap<>();
        world.tenant().actionIds().stream()
                .map(world.tenant().machineActions()::get)
                .filter(action -> "Isolate".equals(action.get("type")))
                .filter(action ->
                        String.valueOf(action.get("creationDateTimeUtc")).compareTo("2026-11-25T10") >= 0)
                .forEach(action -> isolations.merge(action.get("machineId"), 1, Integer::sum));
        assertThat(isolations.keySet()).containsExactlyInAnyOrderElementsOf(devices);
        assertThat(isolations.values()).containsOnly(1);
    }

    @Test
    void shouldIsolateEveryDeviceOnceAmidRefusalsLossesAndActiveActions() {
        try (ActionWorld world = new ActionWorld(
                DEVICES,
                builder -> builder.actionPace(Duration.ofSeconds(20), Duration.ofSeconds(40))
                        .actionVisibleAfter(Duration.ofSeconds(5)),
                true)) {
            List<String> devices = world.devices(DEVICES);
            List<String> active = devices.subList(0, 10);
            List<String> others = new ArrayList<>();
            for (String device : active) {
                others.add(world.tenant()
                        .machineActions()
                        .add(Map.of(
                                "machineId", device,
                                "type", "Isolate",
                                "status", "Pending",
                                "creationDateTimeUtc", world.now(),
                                "requestorComment", "someone else")));
            }
            world.service()
                    .faults()
                    .add(Fault.throttled(Duration.ofSeconds(7))
                            .on("isolateMachine")
                            .fromCall(20)
                            .times(3))
                    .add(Fault.throttled(Duration.ofSeconds(90))
                            .on("isolateMachine")
                            .fromCall(60))
                    .add(Fault.throttled(Duration.ofSeconds(3))
                            .on("listMachineActions")
                            .fromCall(4)
                            .times(2))
                    .add(Fault.status(500).on("isolateMachine").fromCall(70));
            world.lossy()
                    .losses(number -> number % 7 == 3
                            ? LossyTransport.Loss.OF_THE_RESPONSE
                            : number % 11 == 5 ? LossyTransport.Loss.OF_THE_REQUEST : LossyTransport.Loss.NONE);

            start(world.workflow(), devices, ActionOptions.defaults());
            world.run(Duration.ofMinutes(10));
            others.forEach(id -> world.tenant().endAction(id, "Succeeded"));
            world.run(Duration.ofMinutes(45));

            everyDeviceShouldHaveAnOutcome(devices);
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.error()).isNull());
            assertThat(outcomes.stream().filter(outcome -> !outcome.requested()).map(ActionOutcome::machineId))
                    .containsExactlyInAnyOrderElementsOf(active);
            everyDeviceShouldHaveOneIsolation(world, devices);
            assertThat(world.accepted("isolateMachine")).isEqualTo(DEVICES - active.size());
            assertThat(world.service().journal().calls("isolateMachine"))
                    .as("refusals of the service")
                    .anyMatch(call -> call.status() == 429)
                    .anyMatch(call -> call.status() == 400)
                    .anyMatch(call -> call.status() == 500);
        }
    }

    @Test
    void shouldPollOnceARoundWhateverTheNumberOfDevices() {
        try (ActionWorld world = ActionWorld.paced(DEVICES, Duration.ofSeconds(30), Duration.ofSeconds(60))) {
            start(world.workflow(), world.devices(DEVICES), ActionOptions.defaults());
            world.run(Duration.ofMinutes(5));

            everyDeviceShouldHaveAnOutcome(world.devices(DEVICES));
            // After 2, 5, 9, 16, 26, 41, 64 and 94 s.
            assertThat(world.lists()).isEqualTo(8);
            assertThat(world.gets()).isZero();
        }
    }

    @Test
    void shouldStopPollingWhenCancelled() {
        try (ActionWorld world = ActionWorld.paced(DEVICES, Duration.ofHours(1), Duration.ofHours(1))) {
            ActionWorkflow workflow = world.workflow();
            Disposable subscription = start(workflow, world.devices(DEVICES), ActionOptions.defaults());
            world.run(Duration.ofMinutes(2));
            int before = world.lists();

            subscription.dispose();
            world.run(Duration.ofMinutes(10));

            assertThat(before).isPositive();
            assertThat(world.lists()).isEqualTo(before);
            assertThat(workflow.poll().followed()).isZero();
            assertThat(workflow.order().devices()).isZero();
        }
    }

    @Test
    void shouldContinueAfterARestartWithoutASecondAction() {
        try (ActionWorld world = new ActionWorld(DEVICES, UnaryOperator.identity(), true)) {
            ActionOptions options = ActionOptions.builder()
                    .resumeSince(world.now())
                    .concurrency(10)
                    .build();
            List<String> devices = world.devices(DEVICES);
            Disposable first = start(world.workflow(), devices, options);
            world.run(Duration.ofSeconds(20));
            first.dispose();
            int reported = outcomes.size();
            long sent = world.accepted("isolateMachine");
            world.run(Duration.ofMinutes(1));
            outcomes.clear();

            start(world.workflow(), devices, options);
            world.run(Duration.ofMinutes(20));

            assertThat(sent).isBetween(reported + 1L, DEVICES - 1L);
            everyDeviceShouldHaveAnOutcome(devices);
            everyDeviceShouldHaveOneIsolation(world, devices);
            assertThat(outcomes.stream().filter(ActionOutcome::requested)).hasSize((int) (DEVICES - sent));
        }
    }

    @Test
    void shouldReportFailuresAndGoOn() {
        try (ActionWorld world = ActionWorld.paced(DEVICES, Duration.ofMinutes(1), Duration.ofMinutes(1))) {
            String unknown = "0".repeat(40);
            List<String> devices = List.of(world.device(0), unknown, world.device(1), " ", world.device(2));
            start(world.workflow(), devices, ActionOptions.defaults());
            world.run(Duration.ofSeconds(10));
            world.tenant().endAction(idOn(world, world.device(1)), "Failed");
            world.run(Duration.ofMinutes(5));

            everyDeviceShouldHaveAnOutcome(devices);
            Map<String, ActionOutcome> byDevice = new HashMap<>();
            outcomes.forEach(outcome -> byDevice.put(outcome.machineId(), outcome));
            assertThat(byDevice.get(world.device(0)).succeeded()).isTrue();
            assertThat(byDevice.get(world.device(2)).succeeded()).isTrue();
            assertThat(byDevice.get(unknown).error()).isInstanceOf(NotFoundException.class);
            assertThat(byDevice.get(" ").error()).isInstanceOf(IllegalArgumentException.class);
            ActionOutcome failed = byDevice.get(world.device(1));
            assertThat(failed.error()).isInstanceOf(ActionFailedException.class);
            assertThat(failed.requested()).isTrue();
            MachineAction last = failed.action();
            assertThat(last).isNotNull();
            assertThat(last.status()).isEqualTo(MachineActionStatus.FAILED);
        }
    }

    private static String idOn(ActionWorld world, String device) {
        return String.valueOf(world.actions(device).get(0).get("id"));
    }
}
