package io.github.defenderreactive.client.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.MachineAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

/** Isolations and releases of the same devices that are requested at the same time. */
class ActionOrderTest {

    private static final int DEVICES = 10;
    private static final int ROUNDS = 10;

    private static final class Result {
        private MachineAction action;
        private Throwable failure;
    }

    /** 1,000 pairs in all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldNeverSwapAnIsolationAndARelease(int seed) {
        try (ActionWorld world = ActionWorld.paced(DEVICES, Duration.ofMillis(700), Duration.ofMillis(800))) {
            ActionWorkflow workflow = world.workflow();
            Random random = new Random(seed);
            world.lossy()
                    .losses(number -> random.nextInt(20) == 0
                            ? LossyTransport.Loss.OF_THE_RESPONSE
                            : random.nextInt(40) == 0 ? LossyTransport.Loss.OF_THE_REQUEST : LossyTransport.Loss.NONE);
            List<List<Result>> results = new ArrayList<>();
            for (int device = 0; device < DEVICES; device++) {
                List<Result> ofDevice = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    ofDevice.add(start(workflow, world.device(device), ActionRequest.isolate("case " + round)));
                    ofDevice.add(start(workflow, world.device(device), ActionRequest.unisolate("case " + round)));
                }
                results.add(ofDevice);
            }
            world.run(Duration.ofMinutes(30));

            for (int device = 0; device < DEVICES; device++) {
                List<Result> ofDevice = results.get(device);
                assertThat(ofDevice)
                        .allSatisfy(result -> assertThat(result.failure).isNull());
                assertThat(ofDevice)
                        .allSatisfy(result -> assertThat(result.action).isNotNull());
                for (int i = 1; i < ofDevice.size(); i++) {
                    assertThat(ofDevice.get(i).action.creationDateTimeUtc())
                            .as("request %s of device %s", i, device)
                            .isAfterOrEqualTo(ofDevice.get(i - 1).action.creationDateTimeUtc());
                }
                List<Object> types = world.actions(world.device(device)).stream()
                        .map(action -> action.get("type"))
                        .toList();
                for (int i = 0; i < types.size(); i++) {
                    assertThat(types.get(i)).isEqualTo(i % 2 == 0 ? "Isolate" : "Unisolate");
                }
                assertThat(types).hasSize(2 * ROUNDS);
            }
            assertThat(workflow.order().devices()).isZero();
        }
    }

    /** {@code -Pslow} runs 1,000 pairs. */
    @Test
    void shouldNeverSwapManyPairsOnOneDevice() {
        int pairs = Math.min(1_000, Integer.getInteger("defender.seeds", 50));
        try (ActionWorld world = ActionWorld.paced(5, Duration.ZERO, Duration.ZERO)) {
            ActionWorkflow workflow = world.workflow();
            Random random = new Random(pairs);
            world.lossy()
                    .losses(number ->
                            random.nextInt(50) == 0 ? LossyTransport.Loss.OF_THE_RESPONSE : LossyTransport.Loss.NONE);
            List<Result> results = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                results.add(start(workflow, world.device(0), ActionRequest.isolate("case " + pair)));
                results.add(start(workflow, world.device(0), ActionRequest.unisolate("case " + pair)));
                if (random.nextInt(10) == 0) {
                    world.run(Duration.ofMillis(250L * random.nextInt(8)));
                }
            }
            world.run(Duration.ofMinutes(30));

            assertThat(results)
                    .allSatisfy(result -> assertThat(result.failure).isNull())
                    .allSatisfy(result -> assertThat(result.action).isNotNull());
            List<Object> comments = new ArrayList<>();
            List<Object> types = new ArrayList<>();
            world.actions(world.device(0)).forEach(action -> {
                types.add(action.get("type"));
                comments.add(action.get("requestorComment"));
            });
            assertThat(types).hasSize(2 * pairs);
            for (int i = 0; i < types.size(); i++) {
                assertThat(types.get(i)).isEqualTo(i % 2 == 0 ? "Isolate" : "Unisolate");
                assertThat(comments.get(i)).isEqualTo("case " + i / 2);
            }
            assertThat(workflow.order().devices()).isZero();
        }
    }

    private static Result start(ActionWorkflow workflow, String device, ActionRequest request) {
        Result result = new Result();
        workflow.action(device, request, ActionOptions.defaults())
                .submit()
                .subscribe(action -> result.action = action, failure -> result.failure = failure);
        return result;
    }

    @Test
    void shouldNotJoinAReleaseThatWasRequestedBeforeALaterIsolation() {
        try (ActionWorld world = ActionWorld.paced(5, Duration.ofMinutes(2), Duration.ofMinutes(1))) {
            ActionWorkflow workflow = world.workflow();
            String device = world.device(0);
            Result earlier = start(workflow, device, ActionRequest.unisolate("a"));
            Result isolation = start(workflow, device, ActionRequest.isolate("b"));
            Result later = start(workflow, device, ActionRequest.unisolate("c"));
            world.run(Duration.ofMinutes(1));
            assertThat(isolation.action).isNotNull();
            assertThat(later.action).isNull();

            world.run(Duration.ofMinutes(5));

            assertThat(later.action.id()).isNotEqualTo(earlier.action.id());
            assertThat(later.action.requestorComment()).isEqualTo("c");
        }
    }

    @Test
    void shouldGiveUpItsPlaceWhenCancelled() {
        try (ActionWorld world = ActionWorld.paced(5, Duration.ofSeconds(2), Duration.ofSeconds(3))) {
            ActionWorkflow workflow = world.workflow();
            String device = world.device(0);
            Result first = start(workflow, device, ActionRequest.isolate("a"));
            Disposable second = workflow.action(device, ActionRequest.unisolate("b"), ActionOptions.defaults())
                    .submit()
                    .subscribe();
            Result third = start(workflow, device, ActionRequest.restrictCodeExecution("c"));
            second.dispose();
            world.run(Duration.ofSeconds(2));

            assertThat(first.action).isNotNull();
            assertThat(third.action).isNotNull();
            assertThat(world.accepted("unisolateMachine")).isZero();
            assertThat(workflow.order().devices()).isZero();
        }
    }

    @Test
    void shouldKeepItsPlaceWhileARequestIsOnItsWay() {
        try (ActionWorld world = ActionWorld.paced(5, Duration.ofSeconds(2), Duration.ofSeconds(3))) {
            ActionWorkflow workflow = world.workflow();
            String device = world.device(0);
            Disposable first = workflow.action(device, ActionRequest.isolate("a"), ActionOptions.defaults())
                    .submit()
                    .subscribe();
            Result second = start(workflow, device, ActionRequest.unisolate("b"));
            first.dispose();
            world.run(Duration.ofSeconds(2));

            assertThat(second.action).isNotNull();
            assertThat(world.actions(device))
                    .extracting(action -> action.get("type"))
                    .containsExactly("Isolate", "Unisolate");
        }
    }
}
