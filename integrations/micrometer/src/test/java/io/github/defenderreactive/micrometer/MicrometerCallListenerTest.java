package io.github.defenderreactive.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** What Micrometer is told of real calls. */
class MicrometerCallListenerTest {

    private static final Duration PATIENCE = Clients.PATIENCE;

    /** Every value that a tag may have in these tests. */
    private static final Set<String> TAG_VALUES = Set.of(
            "defender-endpoint",
            "listAlerts",
            "getAlert",
            "success",
            "cancelled",
            "throttled",
            "authentication",
            "not_found",
            "service",
            "none",
            "200",
            "404",
            "429",
            "503",
            "true",
            "false",
            "FailedCall");

    @RegisterExtension
    static final DefenderEmulatorExtension EMULATOR =
            DefenderEmulatorExtension.with(builder -> builder.size(58).pageSize(20));

    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EndsOnce ends = new EndsOnce();
    private final MicrometerCallListener listener = MicrometerCallListener.create(observations, meters);

    @BeforeEach
    void handle() {
        observations
                .observationConfig()
                .observationHandler(ends)
                .observationHandler(new DefaultMeterObservationHandler(meters));
    }

    private DefenderClient client(DefenderEmulator emulator) {
        return Clients.builder(emulator).callListener(listener).build();
    }

    private static void readAll(DefenderClient client) {
        StepVerifier.create(client.alerts().list().withoutTimeWindows())
                .expectNextCount(58)
                .expectComplete()
                .verify(PATIENCE);
    }

    private static void fail(Publisher<?> call, Class<? extends Throwable> type) {
        StepVerifier.create(call).expectError(type).verify(PATIENCE);
    }

    private double counted(String name) {
        return meters.get(name)
                .tags("api", "defender-endpoint", "operation", "listAlerts")
                .counter()
                .count();
    }

    @Test
    void shouldMeasureAPagedRead(DefenderEmulator emulator) {
        try (DefenderClient client = client(emulator)) {
            readAll(client);
        }

        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsEqualTo(6)
                .hasNumberOfObservationsWithNameEqualTo("defender.call", 3)
                .forAllObservationsWithNameEqualTo(
                        "defender.call",
                        call -> call.hasOnlyKeys("api", "operation", "outcome")
                                .hasContextualNameEqualTo("listAlerts")
                                .hasLowCardinalityKeyValue("api", "defender-endpoint")
                                .hasLowCardinalityKeyValue("operation", "listAlerts")
                                .hasLowCardinalityKeyValue("outcome", "success")
                                .doesNotHaveParentObservation()
                                .doesNotHaveError())
                .hasNumberOfObservationsWithNameEqualTo("defender.attempt", 3)
                .forAllObservationsWithNameEqualTo(
                        "defender.attempt",
                        attempt -> attempt.hasOnlyKeys("api", "operation", "outcome", "status", "retry")
                                .hasContextualNameEqualTo("listAlerts attempt")
                                .hasLowCardinalityKeyValue("outcome", "success")
                                .hasLowCardinalityKeyValue("status", "200")
                                .hasLowCardinalityKeyValue("retry", "false")
                                .hasParentObservationContextMatching(parent -> parent instanceof CallObservationContext)
                                .doesNotHaveError());
        ends.check(6);
        assertThat(counted("defender.pages")).isEqualTo(3);
        assertThat(counted("defender.items")).isEqualTo(58);
        assertThat(counted("defender.bytes")).isEqualTo(emulator.journal().bodyBytes("listAlerts"));
        assertThat(meters.get("defender.limiter.wait")
                        .tags("api", "defender-endpoint", "quota", "listAlerts")
                        .timer()
                        .count())
                .isEqualTo(3);
        assertThat(meters.get("defender.limiter.queue")
                        .tags("api", "defender-endpoint", "quota", "listAlerts")
                        .summary()
                        .count())
                .isEqualTo(3);
        assertThat(meters.get("defender.token.wait")
                        .tags("api", "defender-endpoint")
                        .timer()
                        .count())
                .isEqualTo(3);
        assertThat(meters.get("defender.call")
                        .tags("operation", "listAlerts", "outcome", "success", "error", "none")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void shouldTellARefusalFromTheAttemptAfterIt(DefenderEmulator emulator) {
        emulator.faults().add(Fault.throttled(Duration.ofSeconds(1)).on("getAlert"));
        try (DefenderClient client = client(emulator)) {
            client.alerts().get(emulator.tenant().alertId(0)).block(PATIENCE);
        }

        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsEqualTo(3)
                .hasAnObservation(call -> call.hasNameEqualTo("defender.call")
                        .hasLowCardinalityKeyValue("outcome", "success")
                        .doesNotHaveError())
                .hasAnObservation(first -> first.hasNameEqualTo("defender.attempt")
                        .hasLowCardinalityKeyValue("outcome", "throttled")
                        .hasLowCardinalityKeyValue("status", "429")
                        .hasLowCardinalityKeyValue("retry", "false")
                        .hasError())
                .hasAnObservation(second -> second.hasNameEqualTo("defender.attempt")
                        .hasLowCardinalityKeyValue("outcome", "success")
                        .hasLowCardinalityKeyValue("status", "200")
                        .hasLowCardinalityKeyValue("retry", "true")
                        .doesNotHaveError());
        ends.check(3);
        assertThat(meters.get("defender.limiter.wait").timer().count()).isEqualTo(2);
        assertThat(meters.find("defender.pages").meter()).isNull();
        assertThat(meters.get("defender.items").counter().count()).isEqualTo(1);
    }

    /** The limiter holds back whoever comes while the service has asked for a pause. */
    @Test
    void shouldShowWhoWaitsForTheLimiter(DefenderEmulator emulator) {
        emulator.faults().add(Fault.throttled(Duration.ofSeconds(3)).on("getAlert"));
        try (DefenderClient client = Clients.builder(emulator)
                .callListener(listener)
                .retryPolicy(RetryPolicy.none())
                .build()) {
            String id = emulator.tenant().alertId(0);
            StepVerifier.create(client.alerts().get(id)).expectError().verify(PATIENCE);
            StepVerifier.create(Flux.range(0, 3).flatMap(i -> client.alerts().get(id)))
                    .expectNextCount(3)
                    .expectComplete()
                    .verify(PATIENCE);
        }

        assertThat(meters.get("defender.limiter.queue").summary().max()).isEqualTo(2);
        assertThat(meters.get("defender.limiter.wait").timer().max(TimeUnit.MILLISECONDS))
                .isGreaterThan(500);
    }

    @Test
    void shouldEndWhatIsCancelled(DefenderEmulator emulator) {
        emulator.faults().add(Fault.stalledAfter(5_000).on("listAlerts"));
        try (DefenderClient client = client(emulator)) {
            List<String> got = new ArrayList<>();
            Disposable read =
                    client.alerts().list().withoutTimeWindows().subscribe(alert -> got.add(String.valueOf(alert.id())));
            await().atMost(PATIENCE).until(() -> !got.isEmpty());
            read.dispose();
            await().atMost(PATIENCE).until(ends::nothingIsOpen);
        }

        ends.check(2);
        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsEqualTo(2)
                .forAllObservationsWithNameEqualTo(
                        "defender.call",
                        call -> call.hasLowCardinalityKeyValue("outcome", "cancelled")
                                .doesNotHaveError())
                .forAllObservationsWithNameEqualTo(
                        "defender.attempt",
                        attempt -> attempt.hasLowCardinalityKeyValue("outcome", "cancelled")
                                .hasLowCardinalityKeyValue("status", "200")
                                .doesNotHaveError());
        assertThat(counted("defender.items")).isPositive();
        assertThat(meters.find("defender.pages").meter()).isNull();
    }

    /** Every moment of a call, the token request included, can be its last. */
    @Test
    void shouldEndOnceWhenEverACancelComes(DefenderEmulator emulator) {
        emulator.faults().add(Fault.status(503).on("listAlerts").times(3));
        try (DefenderClient client = Clients.builder(emulator)
                .callListener(listener)
                .rateLimiter(RateLimiter.unlimited())
                .build()) {
            for (int millis = 0; millis < 120; millis += 3) {
                Flux<?> read = client.alerts().list().withoutTimeWindows();
                StepVerifier.create(read.take(Duration.ofMillis(millis)))
                        .thenConsumeWhile(alert -> true)
                        .expectComplete()
                        .verify(PATIENCE);
            }
            for (int taken = 1; taken < 58; taken += 8) {
                StepVerifier.create(client.alerts().list().withoutTimeWindows().take(taken))
                        .expectNextCount(taken)
                        .expectComplete()
                        .verify(PATIENCE);
            }
            await().atMost(PATIENCE).until(ends::nothingIsOpen);
        }
        ends.check(48);
    }

    @Test
    void shouldFlagACallThatGetsNoToken(DefenderEmulator emulator) {
        try (DefenderClient client = Clients.builder(emulator)
                .clientSecret(emulator.clientId(), () -> "not-the-one-that-was-agreed")
                .callListener(listener)
                .build()) {
            fail(client.alerts().get("da1_1"), AuthenticationException.class);
        }

        TestObservationRegistryAssert.assertThat(observations)
                .hasSingleObservationThat()
                .hasNameEqualTo("defender.call")
                .hasLowCardinalityKeyValue("outcome", "authentication")
                .hasBeenStopped()
                .assertThatError()
                .hasMessage("authentication")
                .hasNoCause();
        ends.check(1);
        assertThat(meters.find("defender.token.wait").meter()).isNull();
        assertThat(meters.get("defender.call")
                        .tags("outcome", "authentication", "error", "FailedCall")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldFlagWhatIsNotThere(DefenderEmulator emulator) {
        try (DefenderClient client = client(emulator)) {
            fail(client.alerts().get("da1_1"), NotFoundException.class);
        }

        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsEqualTo(2)
                .forAllObservationsWithNameEqualTo(
                        "defender.call",
                        call -> call.hasLowCardinalityKeyValue("outcome", "not_found")
                                .hasError())
                .forAllObservationsWithNameEqualTo(
                        "defender.attempt",
                        attempt -> attempt.hasLowCardinalityKeyValue("outcome", "not_found")
                                .hasLowCardinalityKeyValue("status", "404")
                                .hasError());
        ends.check(2);
    }

    @Test
    void shouldTakeTheParentFromTheContextOfTheSubscriber(DefenderEmulator emulator) {
        assertThat(MicrometerCallListener.PARENT).isEqualTo(ObservationThreadLocalAccessor.KEY);
        Observation parent = Observation.start("import", observations);
        try (DefenderClient client = client(emulator)) {
            StepVerifier.create(client.alerts()
                            .list()
                            .withoutTimeWindows()
                            .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, parent)))
                    .expectNextCount(58)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        parent.stop();

        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsWithNameEqualTo("defender.call", 3)
                .forAllObservationsWithNameEqualTo("defender.call", call -> call.hasParentObservationEqualTo(parent));
    }

    @Test
    void shouldTakeTheParentFromTheThreadWithoutOneInTheContext(DefenderEmulator emulator) {
        Observation parent = Observation.start("import", observations);
        try (DefenderClient client = client(emulator);
                Observation.Scope scope = parent.openScope()) {
            client.alerts().get(emulator.tenant().alertId(0)).block(PATIENCE);
            assertThat(scope.getCurrentObservation()).isSameAs(parent);
        }
        parent.stop();

        TestObservationRegistryAssert.assertThat(observations)
                .hasObservationWithNameEqualTo("defender.call")
                .that()
                .hasParentObservationEqualTo(parent);
    }

    @Test
    void shouldTakeNamesOfTheUser(DefenderEmulator emulator) {
        MicrometerCallListener named = listener.withCallConvention(new CallObservationConvention() {
                    @Override
                    public String getName() {
                        return "imports.call";
                    }
                })
                .withAttemptConvention(new AttemptObservationConvention() {
                    @Override
                    public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
                        return AttemptObservationConvention.super
                                .getLowCardinalityKeyValues(context)
                                .and("tag", context.operation().tag());
                    }
                });
        try (DefenderClient client =
                Clients.builder(emulator).callListener(named).build()) {
            client.alerts().get(emulator.tenant().alertId(0)).block(PATIENCE);
        }

        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsWithNameEqualTo("imports.call", 1)
                .hasObservationWithNameEqualTo("defender.attempt")
                .that()
                .hasLowCardinalityKeyValue("tag", "alerts")
                .hasLowCardinalityKeyValue("status", "200");
    }

    @Test
    void shouldTakeNamesThatAreSetInTheRegistry(DefenderEmulator emulator) {
        class Names implements CallObservationConvention, GlobalObservationConvention<CallObservationContext> {
            @Override
            public String getName() {
                return "imports.call";
            }
        }
        observations.observationConfig().observationConvention(new Names());
        try (DefenderClient client = client(emulator)) {
            client.alerts().get(emulator.tenant().alertId(0)).block(PATIENCE);
        }
        TestObservationRegistryAssert.assertThat(observations)
                .hasNumberOfObservationsWithNameEqualTo("imports.call", 1)
                .hasNumberOfObservationsWithNameEqualTo("defender.attempt", 1);
    }

    @Test
    void shouldHaveNoOtherTagsThanThoseThatTakeFewValues(DefenderEmulator emulator) {
        try (DefenderClient client = client(emulator)) {
            readAll(client);
            client.alerts().list().withoutTimeWindows().take(5).blockLast(PATIENCE);
            fail(client.alerts().get("da1_1"), NotFoundException.class);
            emulator.faults()
                    .add(Fault.throttled(Duration.ofSeconds(1)).on("getAlert"))
                    .add(Fault.status(503).on("getAlert").fromCall(2));
            client.alerts().get(emulator.tenant().alertId(0)).block(PATIENCE);
        }
        try (DefenderClient client = Clients.builder(emulator)
                .clientSecret(emulator.clientId(), () -> "not-the-one-that-was-agreed")
                .callListener(listener)
                .build()) {
            fail(client.alerts().get(emulator.tenant().alertId(0)), AuthenticationException.class);
        }
        await().atMost(PATIENCE).until(ends::nothingIsOpen);

        assertThat(meters.getMeters()).hasSizeGreaterThan(15);
        assertThat(tagValues()).isSubsetOf(TAG_VALUES).contains("cancelled", "404", "429", "503", "authentication");
        TestObservationRegistryAssert.assertThat(observations)
                .hasHandledContextsThatSatisfy(contexts -> assertThat(contexts).allSatisfy(context -> {
                    assertThat(context.getHighCardinalityKeyValues()).isEmpty();
                    assertThat(context.getLowCardinalityKeyValues())
                            .allSatisfy(tag -> assertThat(tag.getValue()).isIn(TAG_VALUES));
                    assertThat(context.getContextualName())
                            .isIn("listAlerts", "getAlert", "listAlerts attempt", "getAlert attempt");
                }));
    }

    private Set<String> tagValues() {
        Set<String> values = new HashSet<>();
        for (Meter meter : meters.getMeters()) {
            meter.getId().getTags().stream().map(Tag::getValue).forEach(values::add);
        }
        return values;
    }

    @Test
    void shouldMakeNoMeterForACallOfItsOwn(DefenderEmulator emulator) {
        try (DefenderClient client = client(emulator)) {
            client.alerts().get(emulator.tenant().alertId(0)).block(PATIENCE);
            Set<Meter.Id> once = ids();
            for (int i = 1; i < 30; i++) {
                client.alerts().get(emulator.tenant().alertId(i)).block(PATIENCE);
            }
            assertThat(ids()).isEqualTo(once);
        }
        assertThat(meters.get("defender.call").timer().count()).isEqualTo(30);
    }

    private Set<Meter.Id> ids() {
        return Set.copyOf(meters.getMeters().stream().map(Meter::getId).toList());
    }

    @Test
    void shouldMakeTimersOfItsOwnWithoutTheRegistryOfAnApplication(DefenderEmulator emulator) {
        try (DefenderClient client = Clients.builder(emulator)
                .callListener(MicrometerCallListener.create(meters))
                .build()) {
            readAll(client);
        }
        assertThat(meters.get("defender.call").timer().count()).isEqualTo(3);
        assertThat(meters.get("defender.attempt").timer().count()).isEqualTo(3);
        assertThat(meters.get("defender.pages").counter().count()).isEqualTo(3);
        TestObservationRegistryAssert.assertThat(observations).doesNotHaveAnyObservation();
    }

    @Test
    void shouldObserveWithoutMeters(DefenderEmulator emulator) {
        try (DefenderClient client = Clients.builder(emulator)
                .callListener(MicrometerCallListener.create(observations))
                .build()) {
            readAll(client);
        }
        TestObservationRegistryAssert.assertThat(observations).hasNumberOfObservationsEqualTo(6);
        assertThat(meters.getMeters().stream().map(meter -> meter.getId().getName()))
                .containsOnly("defender.call", "defender.call.active", "defender.attempt", "defender.attempt.active");
    }

    @Test
    void shouldCostNothingWhenNothingIsObserved() {
        assertThat(MicrometerCallListener.create(ObservationRegistry.NOOP)
                        .callStarted(Operations.GET_ALERT.info(), Context.empty()))
                .isSameAs(CallListener.NONE);
    }

    @Test
    void shouldMakeAClientSpanOfAnAttempt() {
        AttemptObservationContext context = new AttemptObservationContext(Operations.GET_ALERT.info(), 1);
        assertThat(context.getKind()).isEqualTo(Kind.CLIENT);
        assertThat(context.getRemoteServiceName()).isEqualTo("defender-endpoint");
        assertThat(context.getCarrier()).isNotNull();
    }

    @Test
    void shouldRefuseNull() {
        Stream.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> MicrometerCallListener.create((ObservationRegistry) null),
                        () -> MicrometerCallListener.create((SimpleMeterRegistry) null),
                        () -> MicrometerCallListener.create(observations, null),
                        () -> listener.withCallConvention(null),
                        () -> listener.withAttemptConvention(null))
                .forEach(call -> assertThatThrownBy(call).isInstanceOf(NullPointerException.class));
    }
}
