package io.github.defenderreactive.client.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.client.model.ScanType;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.ConflictException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** One action from the request to its end. */
class ActionTest {

    private static final ActionRequest ISOLATE = ActionRequest.isolate("case 4711");
    private static final Duration MINUTES = Duration.ofMinutes(10);

    private final ActionWorld world = ActionWorld.paced(5, Duration.ofSeconds(10), Duration.ofSeconds(20));
    private final String device = world.device(0);
    private final ActionWorkflow workflow = world.workflow();
    private final List<MachineAction> states = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean complete;

    @AfterEach
    void stop() {
        world.close();
    }

    private Disposable follow(Flux<MachineAction> source) {
        return source.subscribe(states::add, failures::add, () -> complete = true);
    }

    private Action action(ActionRequest request, ActionOptions options) {
        return workflow.action(device, request, options);
    }

    private Action isolation() {
        return action(ISOLATE, ActionOptions.defaults());
    }

    private String requested() {
        return String.valueOf(world.actions(device).get(0).get("id"));
    }

    private String addActive(String type, Map<String, Object> members) {
        Map<String, Object> all = new HashMap<>(members);
        all.put("machineId", device);
        all.put("type", type);
        all.put("status", "Pending");
        all.putIfAbsent("creationDateTimeUtc", world.now());
        all.putIfAbsent("requestorComment", "someone else");
        return world.tenant().machineActions().add(all);
    }

    private static List<String> shown(List<MachineAction> states) {
        return states.stream().map(state -> String.valueOf(state.status())).toList();
    }

    @Test
    void shouldSendNothingBeforeTheSubscription() {
        isolation().states();
        isolation().submit();
        isolation().await(MINUTES);
        world.run(Duration.ofMinutes(1));

        assertThat(world.service().journal().apiCalls()).isEmpty();
    }

    @Test
    void shouldShowEachStateAndTheFinalOneLast() {
        follow(isolation().states());
        world.run(Duration.ofMinutes(2));

        assertThat(shown(states)).containsExactly("Pending", "InProgress", "Succeeded");
        assertThat(complete).isTrue();
        int polls = world.lists();
        world.run(MINUTES);
        assertThat(world.lists()).isEqualTo(polls);
    }

    @ParameterizedTest
    @CsvSource({"Failed,failed with result 0x80070057", "TimeOut,timed out", "Cancelled,was cancelled"})
    void shouldDistinguishTheEndsWithoutSuccess(String status, String words) {
        follow(isolation().states());
        world.run(Duration.ofSeconds(3));
        world.tenant().endAction(requested(), status);
        world.run(Duration.ofMinutes(1));

        assertThat(shown(states)).containsExactly("Pending", status);
        assertThat(failures).singleElement().isInstanceOfSatisfying(ActionFailedException.class, failure -> {
            assertThat(failure.actionStatus()).isEqualTo(MachineActionStatus.of(status));
            assertThat(failure.errorHResult()).isEqualTo(status.equals("Failed") ? -2147024809 : 0);
            assertThat(failure.action().id()).isEqualTo(requested());
            assertThat(failure).hasMessageContaining(requested()).hasMessageContaining(words);
        });
    }

    @Test
    void shouldKeepOnlyTheLatestStateWithoutDemand() {
        List<String> seen = new ArrayList<>();
        BaseSubscriber<MachineAction> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(MachineAction state) {
                seen.add(String.valueOf(state.status()));
            }
        };
        isolation().states().subscribe(slow);
        world.run(Duration.ofMinutes(2));
        slow.request(10);

        assertThat(seen).containsExactly("Pending", "Succeeded");
    }

    @Test
    void shouldJoinAnActiveActionOfTheSameKind() {
        String other = addActive("Isolate", Map.of());
        follow(isolation().states());
        world.run(Duration.ofMinutes(1));
        world.tenant().endAction(other, "Succeeded");
        world.run(Duration.ofMinutes(1));

        assertThat(states).extracting(MachineAction::id).containsOnly(other);
        assertThat(shown(states)).containsExactly("Pending", "Succeeded");
        assertThat(world.accepted("isolateMachine")).isZero();
    }

    @Test
    void shouldFailWhenOneIsActiveIfSoRequested() {
        addActive("Isolate", Map.of());
        follow(action(
                        ISOLATE,
                        ActionOptions.builder().whenActive(WhenActive.FAIL).build())
                .states());
        world.run(Duration.ofMinutes(1));

        assertThat(failures).singleElement().isInstanceOf(ConflictException.class);
    }

    @Test
    void shouldWaitForTheActiveActionAndRequestAnother() {
        String other = addActive("Isolate", Map.of());
        follow(action(
                        ISOLATE,
                        ActionOptions.builder().whenActive(WhenActive.WAIT).build())
                .states());
        world.run(Duration.ofMinutes(2));
        assertThat(states).isEmpty();
        world.tenant().endAction(other, "Succeeded");
        world.run(Duration.ofMinutes(2));

        assertThat(states).extracting(MachineAction::id).doesNotContain(other);
        assertThat(shown(states)).endsWith("Succeeded");
    }

    @Test
    void shouldCancelTheActiveActionAndRequestAnother() {
        String other = addActive("Isolate", Map.of());
        follow(action(
                        ISOLATE,
                        ActionOptions.builder().whenActive(WhenActive.CANCEL).build())
                .states());
        world.run(Duration.ofMinutes(2));

        assertThat(world.tenant().machineActions().get(other)).containsEntry("status", "Cancelled");
        assertThat(states).extracting(MachineAction::id).doesNotContain(other);
        assertThat(shown(states)).endsWith("Succeeded");
    }

    @Test
    void shouldNotJoinAnActionThatDoesSomethingElse() {
        String quick = addActive("RunAntiVirusScan", Map.of("scope", "Quick"));
        follow(action(ActionRequest.runAntiVirusScan(ScanType.FULL, "case 4711"), ActionOptions.defaults())
                .states());
        world.run(Duration.ofMinutes(1));
        assertThat(states).isEmpty();
        world.tenant().endAction(quick, "Succeeded");
        world.run(Duration.ofMinutes(2));

        assertThat(states).extracting(MachineAction::id).doesNotContain(quick);
        assertThat(complete).isTrue();
    }

    @Test
    void shouldFindAnActionWhoseResponseWasLost() {
        world.lossy().losses(number -> LossyTransport.Loss.OF_THE_RESPONSE);
        follow(isolation().states());
        world.run(Duration.ofMinutes(2));

        assertThat(complete).isTrue();
        assertThat(world.service().journal().calls("isolateMachine")).hasSize(1);
    }

    @Test
    void shouldRequestAnActionAgainWhoseRequestWasLost() {
        world.lossy().losses(number -> number == 0 ? LossyTransport.Loss.OF_THE_REQUEST : LossyTransport.Loss.NONE);
        follow(isolation().states());
        world.run(Duration.ofMinutes(3));

        assertThat(complete).isTrue();
        assertThat(world.accepted("isolateMachine")).isEqualTo(1);
    }

    @Test
    void shouldGiveUpAfterThreeLostRequests() {
        world.lossy().losses(number -> LossyTransport.Loss.OF_THE_REQUEST);
        follow(isolation().states());
        world.run(MINUTES);

        assertThat(failures).singleElement().isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void shouldNotTakeAnEarlierActionForTheLostOne() {
        follow(isolation().states());
        world.run(Duration.ofMinutes(1));
        assertThat(complete).isTrue();
        String first = requested();
        states.clear();
        world.lossy().losses(number -> number == 0 ? LossyTransport.Loss.OF_THE_REQUEST : LossyTransport.Loss.NONE);
        follow(isolation().states());
        world.run(Duration.ofMinutes(3));

        assertThat(states).extracting(MachineAction::id).isNotEmpty().doesNotContain(first);
    }

    @Test
    void shouldContinueAfterPollsThatFailForAPassingReason() {
        ActionWorkflow impatient = world.workflow(RetryPolicy.none());
        world.service().faults().add(Fault.status(500).on("listMachineActions").times(4));
        follow(impatient.action(device, ISOLATE, ActionOptions.defaults()).states());
        world.run(Duration.ofMinutes(3));

        assertThat(complete).isTrue();
        assertThat(world.service().faults().fired()).isEqualTo(4);
    }

    @Test
    void shouldFailWhenThePollIsNotPermitted() {
        world.service().faults().add(Fault.status(403).on("listMachineActions").always());
        follow(isolation().states());
        world.run(Duration.ofMinutes(1));

        assertThat(failures).singleElement().isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void shouldRequestAnOldActionByItsId() {
        String old = addActive(
                "CollectInvestigationPackage",
                Map.of("creationDateTimeUtc", world.now().minus(Duration.ofDays(3))));
        follow(workflow.follow(old));
        world.run(Duration.ofMinutes(2));
        world.tenant().endAction(old, "Succeeded");
        world.run(Duration.ofMinutes(2));

        assertThat(shown(states)).containsExactly("Pending", "Succeeded");
        assertThat(world.lists()).isZero();
    }

    @Test
    void shouldRequestByItsIdWhatTheListDoesNotShow() {
        world.service()
                .faults()
                .add(Fault.status(200)
                        .body("application/json", "{\"value\":[]}")
                        .on("listMachineActions")
                        .always());
        follow(isolation().states());
        world.run(Duration.ofMinutes(3));

        assertThat(complete).isTrue();
        assertThat(shown(states)).endsWith("Succeeded");
        assertThat(world.gets()).isPositive();
    }

    @Test
    void shouldNotFollowAnActionThatDoesNotExist() {
        follow(workflow.follow("00000000-0000-0000-0000-000000000000"));
        world.run(Duration.ofMinutes(1));

        assertThat(failures).singleElement().isInstanceOf(NotFoundException.class);
    }

    @Test
    void shouldWaitForTheEnd() {
        follow(isolation().await(MINUTES).flux());
        world.run(Duration.ofMinutes(2));

        assertThat(shown(states)).containsExactly("Succeeded");
    }

    @Test
    void shouldLeaveAnActionThatDoesNotEndInTime() {
        String slow = slowIsolation(ActionOptions.defaults());

        assertThat(failures).singleElement().isInstanceOfSatisfying(ActionTimeoutException.class, failure -> {
            assertThat(failure.action().id()).isEqualTo(slow);
            assertThat(failure).hasMessageContaining(slow).hasMessageContaining("It continues");
        });
        assertThat(world.tenant().machineActions().get(slow)).containsEntry("status", "InProgress");
    }

    @Test
    void shouldCancelAnActionThatDoesNotEndInTime() {
        String slow =
                slowIsolation(ActionOptions.builder().cancelOnTimeout(true).build());

        assertThat(failures).singleElement().isInstanceOf(ActionTimeoutException.class);
        assertThat(world.tenant().machineActions().get(slow)).containsEntry("status", "Cancelled");
    }

    private String slowIsolation(ActionOptions options) {
        follow(action(ISOLATE, options).await(Duration.ofSeconds(15)).flux());
        world.run(Duration.ofSeconds(20));
        return requested();
    }

    @Test
    void shouldNotCancelAnActionThatItJoined() {
        String other = addActive("Isolate", Map.of());
        ActionOptions options = ActionOptions.builder()
                .cancelOnTimeout(true)
                .cancelWithSubscriber(true)
                .build();
        follow(action(ISOLATE, options).await(Duration.ofSeconds(15)).flux());
        Disposable second = follow(action(ISOLATE, options).states());
        world.run(Duration.ofSeconds(20));
        second.dispose();
        world.run(Duration.ofSeconds(20));

        assertThat(failures).singleElement().isInstanceOf(ActionTimeoutException.class);
        assertThat(world.tenant().machineActions().get(other)).containsEntry("status", "Pending");
    }

    @Test
    void shouldCancelTheActionWithItsSubscriber() {
        ActionOptions options =
                ActionOptions.builder().cancelWithSubscriber(true).build();
        Disposable subscription = follow(action(ISOLATE, options).states());
        world.run(Duration.ofSeconds(3));
        subscription.dispose();
        world.run(Duration.ofSeconds(3));

        assertThat(world.tenant().machineActions().get(requested())).containsEntry("status", "Cancelled");
    }

    @Test
    void shouldCancelAnActionWhoseSubscriberLeftBeforeTheResponse() {
        ActionOptions options =
                ActionOptions.builder().cancelWithSubscriber(true).build();
        Disposable subscription = follow(action(ISOLATE, options).states());
        subscription.dispose();
        world.run(Duration.ofSeconds(3));

        assertThat(world.tenant().machineActions().get(requested())).containsEntry("status", "Cancelled");
    }

    @Test
    void shouldWaitForAPackageAndReturnItsLinkWithoutQuotationMarks() {
        List<String> links = new ArrayList<>();
        world.service().faults().add(Fault.status(404).on("getInvestigationPackageUri"));
        action(ActionRequest.collectInvestigationPackage("case 4711"), ActionOptions.defaults())
                .submit()
                .flatMap(action -> workflow.awaitPackageLink(String.valueOf(action.id())))
                .subscribe(links::add, failures::add);
        world.run(Duration.ofMinutes(3));

        assertThat(failures).isEmpty();
        assertThat(links).singleElement().asString().startsWith("https://").doesNotContain("\"");
        assertThat(world.service().journal().calls("getInvestigationPackageUri"))
                .hasSize(2);
    }

    @Test
    void shouldCancelAnActionOfAnotherProcess() {
        String other = addActive("Isolate", Map.of());
        world.lossy().losses(number -> number == 0 ? LossyTransport.Loss.OF_THE_RESPONSE : LossyTransport.Loss.NONE);
        follow(workflow.cancelAndAwait(other, "not needed", MINUTES).flux());
        world.run(Duration.ofMinutes(1));
        follow(workflow.cancelAndAwait(other, "not needed", MINUTES).flux());
        world.run(Duration.ofMinutes(1));

        assertThat(shown(states)).containsExactly("Cancelled", "Cancelled");
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(WhenActive.class)
    void shouldKeepTheOptions(WhenActive whenActive) {
        ActionOptions options = ActionOptions.builder()
                .whenActive(whenActive)
                .cancelOnTimeout(true)
                .cancelWithSubscriber(true)
                .concurrency(3)
                .resumeSince(ActionWorld.START)
                .build();

        assertThat(options.mutate().build()).usingRecursiveComparison().isEqualTo(options);
        assertThat(options.whenActive()).isEqualTo(whenActive);
    }

    @Test
    void shouldRefuseWrongArguments() {
        assertThatThrownBy(() -> isolation().await(Duration.ZERO)).hasMessage("timeout must be positive, was PT0S");
        assertThatThrownBy(() -> ActionRequest.isolate(" ")).hasMessage("comment must not be blank");
        assertThatThrownBy(() -> ActionOptions.builder().concurrency(0)).hasMessage("concurrency must be >= 1, was 0");
        assertThatThrownBy(() -> workflow.action("", ISOLATE, ActionOptions.defaults()))
                .hasMessage("machineId must not be blank");
    }
}
