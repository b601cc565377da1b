package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The watch over real calls; what it survives is simulated in {@code WatchSimulationTest}. */
class WatchTest {

    private static final Duration PATIENCE = Clients.PATIENCE;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @RegisterExtension
    static final DefenderEmulatorExtension EMULATOR =
            DefenderEmulatorExtension.with(builder -> builder.size(25).pageSize(10));

    private final List<WatchEvent> events = new CopyOnWriteArrayList<>();

    private WatchOptions.Builder options() {
        return WatchOptions.builder().every(Duration.ofSeconds(1)).listener(events::add);
    }

    private static Mono<Delivery<Alert>> acknowledged(Delivery<Alert> delivery) {
        return delivery.acknowledge().thenReturn(delivery);
    }

    @Test
    void shouldDeliverWhatIsThereThenWhatIsNewThenWhatChanges(DefenderEmulator emulator) {
        try (DefenderClient client = Clients.of(emulator)) {
            List<Delivery<Alert>> got = new CopyOnWriteArrayList<>();
            Disposable watch = client.alerts()
                    .watch(options().since(LONG_AGO).build())
                    .concatMap(WatchTest::acknowledged)
                    .subscribe(got::add);
            await().atMost(PATIENCE).until(() -> got.size() == 25);
            String id = emulator.tenant().alerts().add(Map.of());
            await().atMost(PATIENCE).until(() -> got.size() == 26);
            emulator.tenant().alerts().update(id, Map.of("status", "Resolved"));
            await().atMost(PATIENCE).until(() -> got.size() == 27);
            watch.dispose();

            assertThat(got.subList(0, 26)).extracting(Delivery::kind).containsOnly(Delivery.Kind.NEW);
            assertThat(got.get(25).item().id()).isEqualTo(id);
            assertThat(got.get(26).kind()).isEqualTo(Delivery.Kind.UPDATED);
            assertThat(got.get(26).item().id()).isEqualTo(id);
            assertThat(events).filteredOn(WatchEvent.Polled.class::isInstance).isNotEmpty();
        }
    }

    /** Exactly a full page without a link may hide that rows are missing; the window behind it tells. */
    @Test
    void shouldGoOnBehindAnExactlyFullPage() {
        try (DefenderEmulator full = DefenderEmulator.builder().size(10_000).start();
                DefenderClient client = Clients.of(full)) {
            List<Delivery<Alert>> got = new CopyOnWriteArrayList<>();
            Disposable watch = client.alerts()
                    .watch(options().since(LONG_AGO).build())
                    .concatMap(WatchTest::acknowledged)
                    .doOnNext(got::add)
                    .doOnError(error -> got.clear())
                    .onErrorComplete()
                    .subscribe();
            await().atMost(PATIENCE).until(() -> got.size() == 10_000);
            full.tenant().alerts().add(Map.of());
            await().atMost(PATIENCE).until(() -> got.size() == 10_001);
            watch.dispose();
        }
    }

    @Test
    void shouldBeginNowAndTellAnOldAlertThatChanges(DefenderEmulator emulator) {
        try (DefenderClient client = Clients.of(emulator)) {
            List<Delivery<Alert>> got = new CopyOnWriteArrayList<>();
            Disposable watch = client.alerts()
                    .watch(options().build())
                    .concatMap(WatchTest::acknowledged)
                    .subscribe(got::add);
            await().atMost(PATIENCE).until(() -> events.stream().anyMatch(WatchEvent.Polled.class::isInstance));
            assertThat(got).isEmpty();
            emulator.tenant().alerts().update(emulator.tenant().alertId(3), Map.of("status", "InProgress"));
            await().atMost(PATIENCE).until(() -> got.size() == 1);
            watch.dispose();

            assertThat(got.get(0).kind()).isEqualTo(Delivery.Kind.UPDATED);
        }
    }

    @Test
    void shouldCallOnlyOnDemandAndPollAgainOnlyWhenAllIsAcknowledged(DefenderEmulator emulator) {
        try (DefenderClient client = Clients.of(emulator)) {
            List<Delivery<Alert>> got = new CopyOnWriteArrayList<>();
            BaseSubscriber<Delivery<Alert>> consumer = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                    // nothing is wanted yet
                }

                @Override
                protected void hookOnNext(Delivery<Alert> delivery) {
                    got.add(delivery);
                }
            };
            client.alerts().watch(options().since(LONG_AGO).build()).subscribe(consumer);
            await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> calls(emulator) == 0);
            consumer.requestUnbounded();
            await().atMost(PATIENCE).until(() -> got.size() == 25);
            assertThat(calls(emulator)).isEqualTo(3);
            await().during(Duration.ofMillis(2500)).atMost(PATIENCE).until(() -> calls(emulator) == 3);

            Flux.fromIterable(got).flatMap(Delivery::acknowledge).then().block(PATIENCE);
            await().atMost(PATIENCE).until(() -> calls(emulator) > 3);
            consumer.cancel();
        }
    }

    @Test
    void shouldRepeatOnlyWhatWasNotAcknowledged(DefenderEmulator emulator) {
        CursorStore store = CursorStore.memory();
        try (DefenderClient client = Clients.of(emulator)) {
            WatchOptions options = options().since(LONG_AGO).store(store).build();
            List<String> first = client.alerts()
                    .watch(options)
                    .concatMap(WatchTest::acknowledged)
                    .map(delivery -> String.valueOf(delivery.item().id()))
                    .take(7)
                    .collectList()
                    .block(PATIENCE);
            List<String> rest = client.alerts()
                    .watch(options)
                    .concatMap(WatchTest::acknowledged)
                    .map(delivery -> String.valueOf(delivery.item().id()))
                    .take(18)
                    .collectList()
                    .block(PATIENCE);
            assertThat(first).isNotNull();
            assertThat(rest).isNotNull().doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldGoOnAfterFailuresThatPass(DefenderEmulator emulator) {
        emulator.faults().add(Fault.throttled(Duration.ofSeconds(1)).on("listAlerts"));
        emulator.faults().add(Fault.resetBeforeHeaders().on("listAlerts").fromCall(2));
        try (DefenderClient client =
                Clients.builder(emulator).retryPolicy(RetryPolicy.none()).build()) {
            List<Delivery<Alert>> got = client.alerts()
                    .watch(options().since(LONG_AGO).build())
                    .concatMap(WatchTest::acknowledged)
                    .take(25)
                    .collectList()
                    .block(PATIENCE);
            assertThat(got).hasSize(25);
            assertThat(emulator.faults().fired()).isEqualTo(2);
            List<Class<?>> failures = new ArrayList<>();
            for (WatchEvent event : events) {
                if (event instanceof WatchEvent.Retrying retrying) {
                    failures.add(retrying.failure().getClass());
                }
            }
            assertThat(failures).contains(ThrottledException.class);
        }
    }

    @Test
    void shouldEndWithTheCursorWhenGoingOnCannotHelp() {
        try (DefenderEmulator emulator = DefenderEmulator.builder()
                        .size(5)
                        .roles("Machine.Read.All")
                        .start();
                DefenderClient client = Clients.of(emulator)) {
            assertThatThrownBy(() -> client.alerts()
                            .watch(options().since(LONG_AGO).build())
                            .blockLast(PATIENCE))
                    .isInstanceOfSatisfying(WatchException.class, ended -> {
                        assertThat(ended.cursor()).isEqualTo(Cursor.startingAt(LONG_AGO));
                        assertThat(ended).hasCauseInstanceOf(PermissionDeniedException.class);
                    });
        }
    }

    @Test
    void shouldStopInOrder(DefenderEmulator emulator) {
        Sinks.Empty<Void> stop = Sinks.empty();
        try (DefenderClient client = Clients.of(emulator)) {
            Long count = client.alerts()
                    .watch(options().since(LONG_AGO).stopWhen(stop.asMono()).build())
                    .concatMap(WatchTest::acknowledged)
                    .index()
                    .doOnNext(indexed -> {
                        if (indexed.getT1() == 24) {
                            stop.tryEmitEmpty();
                        }
                    })
                    .count()
                    .block(PATIENCE);
            assertThat(count).isEqualTo(25);
        }
    }

    @Test
    void shouldGoOnFromAPrintedCursor(DefenderEmulator emulator) {
        try (DefenderClient client = Clients.of(emulator)) {
            Delivery<Alert> one =
                    client.alerts().watch(options().since(LONG_AGO).build()).blockFirst(PATIENCE);
            assertThat(one).isNotNull();
            Cursor cursor = Cursor.parse(one.cursor().toString());
            assertThat(cursor).isEqualTo(one.cursor());
            assertThat(client.alerts()
                            .watch(options().from(cursor).build())
                            .concatMap(WatchTest::acknowledged)
                            .take(25)
                            .count()
                            .block(PATIENCE))
                    .isEqualTo(25);
            assertThatThrownBy(() -> Cursor.parse("w9_x")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static long calls(DefenderEmulator emulator) {
        return emulator.journal().calls("listAlerts").size();
    }
}
