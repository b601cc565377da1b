package io.github.defenderreactive.client.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.LiveResponseCommand;
import io.github.defenderreactive.client.model.LiveResponseCommandParam;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseParamKey;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.emulator.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;

/** The limits of live response sessions. */
class SessionQueueTest {

    private static final Duration TIMEOUT = Duration.ofHours(2);
    private static final Duration SESSION = Duration.ofMinutes(5);

    private static ActionRequest session(String comment) {
        return ActionRequest.runLiveResponse(RunLiveResponseRequest.builder()
                .comment(comment)
                .commands(List.of(LiveResponseCommand.builder()
                        .type(LiveResponseCommandType.GET_FILE)
                        .params(List.of(LiveResponseCommandParam.builder()
                                .key(LiveResponseParamKey.PATH)
                                .value("C:\\logs\\quay.log")
                                .build()))
                        .build()))
                .build());
    }

    private static int mostAtTheSameTime(ActionWorld world, List<String> devices) {
        List<Instant> starts = devices.stream()
                .flatMap(device -> world.actions(device).stream())
                .map(action -> Instant.parse(String.valueOf(action.get("creationDateTimeUtc"))))
                .toList();
        return starts.stream()
                .mapToInt(time -> (int) starts.stream()
                        .filter(start ->
                                !start.isAfter(time) && start.plus(SESSION).isAfter(time))
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void shouldRunAtMost25SessionsOfWhichTenStartInAMinute() {
        try (ActionWorld world = new ActionWorld(40, builder -> builder.actionPace(Duration.ZERO, SESSION), true)) {
            List<String> devices = world.devices(40);
            ActionWorkflow workflow = world.workflow();
            List<ActionOutcome> outcomes = new ArrayList<>();
            workflow.awaitEach(Flux.fromIterable(devices), session("case 4711"), ActionOptions.defaults(), TIMEOUT)
                    .subscribe(outcomes::add);

            world.run(Duration.ofMinutes(2));
            assertThat(world.accepted("runLiveResponse")).isLessThanOrEqualTo(20);
            world.run(Duration.ofMinutes(1));
            assertThat(world.accepted("runLiveResponse")).isEqualTo(SessionQueue.MOST_SESSIONS);
            world.run(Duration.ofMinutes(25));

            assertThat(outcomes).hasSize(40).allMatch(ActionOutcome::succeeded).allMatch(ActionOutcome::requested);
            assertThat(mostAtTheSameTime(world, devices)).isBetween(20, SessionQueue.MOST_SESSIONS);
            assertThat(world.service().journal().calls("runLiveResponse"))
                    .hasSize(40)
                    .extracting(JournalEntry::status)
                    .containsOnly(201);
            assertThat(workflow.sessions().waiting()).isZero();
        }
    }

    @Test
    void shouldRunTheSessionsOfADeviceOneAfterTheOther() {
        try (ActionWorld world = new ActionWorld(2, builder -> builder.actionPace(Duration.ZERO, SESSION), false)) {
            ActionWorkflow workflow = world.workflow();
            String device = world.device(0);
            world.tenant()
                    .machineActions()
                    .add(Map.of("machineId", device, "type", "LiveResponse", "status", "InProgress", "id", "a"));
            List<MachineAction> ended = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();

            Flux.merge(Stream.of("1", "2", "3", "4")
                            .map(comment -> workflow.action(device, session(comment), ActionOptions.defaults())
                                    .await(TIMEOUT))
                            .toList())
                    .subscribe(ended::add, failures::add);
            Disposable cancelled = workflow.action(device, session("5"), ActionOptions.defaults())
                    .await(TIMEOUT)
                    .subscribe();
            workflow.action(device, session("6"), ActionOptions.defaults())
                    .await(Duration.ofMinutes(2))
                    .subscribe(ended::add, failures::add);
            world.run(Duration.ofSeconds(30));
            cancelled.dispose();
            world.tenant().endAction("a", "Succeeded");
            world.run(Duration.ofMinutes(30));

            assertThat(ended).extracting(MachineAction::requestorComment).containsExactly("1", "2", "3", "4");
            assertThat(failures).singleElement().isInstanceOf(ActionTimeoutException.class);
            assertThat(world.service().journal().calls("runLiveResponse"))
                    .extracting(JournalEntry::status)
                    .containsExactly(400, 201, 201, 201, 201);
        }
    }

    @Test
    void shouldWaitWhileTheTenantHasNoSessionLeft() {
        try (ActionWorld world = new ActionWorld(51, builder -> builder.actionPace(Duration.ZERO, SESSION), false)) {
            for (String device : world.devices(50)) {
                world.tenant()
                        .machineActions()
                        .add(Map.of("machineId", device, "type", "LiveResponse", "status", "InProgress"));
            }
            String other = world.tenant().actionIds().get(0);
            List<ActionOutcome> outcomes = new ArrayList<>();
            world.workflow()
                    .awaitEach(
                            Flux.just(world.device(50)),
                            session("case 4711"),
                            ActionOptions.defaults(),
                            Duration.ofMinutes(30))
                    .subscribe(outcomes::add);
            world.run(Duration.ofMinutes(3));
            assertThat(world.accepted("runLiveResponse")).isZero();

            world.tenant().endAction(other, "Succeeded");
            world.run(Duration.ofMinutes(10));

            assertThat(outcomes).singleElement().matches(ActionOutcome::succeeded);
            assertThat(world.accepted("runLiveResponse")).isEqualTo(1);
        }
    }

    @Test
    void shouldFreeTheDeviceOfASessionThatIsCancelled() {
        SessionQueue queue = new SessionQueue(Schedulers.immediate());
        TestPublisher<String> first = TestPublisher.create();
        TestPublisher<String> second = TestPublisher.create();
        Disposable running = queue.inTurn("a", first.flux()).subscribe();
        queue.inTurn("A", second.flux()).subscribe();

        second.assertWasNotSubscribed();
        assertThat(queue.waiting()).isEqualTo(1);
        running.dispose();

        first.assertCancelled();
        second.assertWasSubscribed();
        assertThat(queue.waiting()).isZero();
    }
}
