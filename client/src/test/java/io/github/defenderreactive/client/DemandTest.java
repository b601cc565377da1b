package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What a consumer does not ask for is not fetched. */
class DemandTest {

    @ParameterizedTest(name = "demand {0} costs {1} page requests")
    @CsvSource({"0,0", "1,1", "9,1", "10,1", "11,2", "19,2", "20,3", "25,3"})
    void shouldFetchExactlyThePagesThatDemandNeeds(long demand, int pages) {
        try (DefenderEmulator emulator =
                        DefenderEmulator.builder().size(25).pageSize(10).start();
                DefenderClient client = Clients.of(emulator)) {
            AtomicLong received = new AtomicLong();
            BaseSubscriber<Alert> consumer = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                    if (demand > 0) {
                        subscription.request(demand);
                    }
                }

                @Override
                protected void hookOnNext(Alert alert) {
                    received.incrementAndGet();
                }
            };
            client.alerts().list().subscribe(consumer);
            await().atMost(Clients.PATIENCE).until(() -> received.get() == demand);
            // Time in which a reader ahead of demand would have asked for more.
            await().during(Duration.ofMillis(300))
                    .atMost(Clients.PATIENCE)
                    .until(() -> emulator.journal().calls("listAlerts").size() == pages);
            consumer.cancel();
            assertThat(emulator.journal().calls("listAlerts")).hasSize(pages);
        }
    }

    @Test
    void shouldReadLittleOfAPageThatIsCancelledEarly() {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(10_000).start();
                DefenderClient client = Clients.of(emulator)) {
            // At this pace the limit below takes two seconds, in which the cancel arrives on a busy machine, too.
            emulator.faults().add(Fault.paced(500_000).on("listAlerts"));
            StepVerifier.create(client.alerts().list().take(5))
                    .expectNextCount(5)
                    .expectComplete()
                    .verify(Clients.PATIENCE);

            List<JournalEntry> calls = emulator.journal().calls("listAlerts");
            assertThat(calls).hasSize(1);
            await().atMost(Clients.PATIENCE).until(() -> calls.get(0).ended());
            assertThat(calls.get(0).closedEarly()).isTrue();
            assertThat(calls.get(0).bodyBytes()).isLessThan(1_000_000);
        }
    }

    @Test
    void shouldEmitTheFirstAlertLongBeforeThePageHasArrived() {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(10_000).start();
                DefenderClient client = Clients.of(emulator)) {
            StepVerifier.create(client.alerts().list())
                    .expectNextCount(10_000)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
            long page = emulator.journal().calls("listAlerts").get(0).bodyBytes();
            assertThat(page).isGreaterThan(5_000_000);

            emulator.journal().clear();
            emulator.faults().add(Fault.paced(4_000_000).on("listAlerts"));
            long sentAtFirst = client.alerts()
                    .list()
                    .next()
                    .map(alert -> emulator.journal().calls("listAlerts").get(0).bodyBytes())
                    .block(Clients.PATIENCE);
            assertThat(sentAtFirst).isLessThan(page / 10);
        }
    }

    @Test
    void shouldGoOnAfterAPauseLongerThanEveryTimeoutWhileOthersRun() {
        Duration limit = Duration.ofMillis(400);
        try (DefenderEmulator emulator =
                        DefenderEmulator.builder().size(4_500).pageSize(1_500).start();
                DefenderClient client = Clients.builder(emulator)
                        .transportOptions(Clients.transport(emulator)
                                .acquireTimeout(Duration.ofSeconds(5))
                                .readTimeout(limit)
                                .responseTimeout(Duration.ofSeconds(5))
                                .idleTimeout(limit)
                                .maxLifetime(Duration.ofSeconds(1))
                                .interactiveConnections(2)
                                .bulkConnections(2)
                                .build())
                        .pauseAfter(limit)
                        .build()) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            AtomicLong received = new AtomicLong();
            StepVerifier.create(
                            client.withDeadline(Duration.ofSeconds(3))
                                    .alerts()
                                    .list()
                                    .doOnNext(alert -> {
                                        seen.add(alert.id());
                                        received.incrementAndGet();
                                    }),
                            0)
                    .thenRequest(700)
                    .expectNextCount(700)
                    .then(() -> {
                        // Longer than read gap, idle time, connection life and deadline together.
                        Flux<Alert> others = Flux.interval(Duration.ofMillis(100))
                                .onBackpressureBuffer()
                                .take(50)
                                .concatMap(i ->
                                        client.alerts().get(List.copyOf(seen).get(0)));
                        StepVerifier.create(others)
                                .expectNextCount(50)
                                .expectComplete()
                                .verify(Clients.PATIENCE);
                    })
                    .thenRequest(Long.MAX_VALUE)
                    .expectNextCount(3_800)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
            assertThat(received).hasValue(4_500);
            assertThat(seen).hasSize(4_500);
        }
    }

    @Test
    void shouldReadEveryAlertOfManyPagesOnce() {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(30_001).start();
                DefenderClient client = Clients.of(emulator)) {
            Set<String> ids = new HashSet<>();
            StepVerifier.create(client.alerts().list().doOnNext(alert -> ids.add(alert.id())))
                    .expectNextCount(30_001)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
            assertThat(ids).hasSize(30_001);
            assertThat(emulator.journal().calls("listAlerts")).hasSize(4);
        }
    }

    @Test
    void shouldSendTopForTheLatest() {
        try (DefenderEmulator emulator =
                        DefenderEmulator.builder().size(100).pageSize(50).start();
                DefenderClient client = Clients.of(emulator)) {
            List<Alert> latest = client.alerts().latest(7).collectList().block(Clients.PATIENCE);
            assertThat(latest).hasSize(7);
            assertThat(latest)
                    .isSortedAccordingTo((a, b) -> b.alertCreationTime().compareTo(a.alertCreationTime()));
            assertThat(emulator.journal().calls("listAlerts"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.target()).endsWith("$top=7"));
        }
    }
}
