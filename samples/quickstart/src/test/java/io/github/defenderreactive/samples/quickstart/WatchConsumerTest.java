package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchEvent;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Two watches of one application, and the test of a consumer without a watch. */
@ExtendWith(DefenderEmulatorExtension.class)
class WatchConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    // tag::named[]
    static Flux<Delivery<Alert>> watchHigh(DefenderClient client, Path folder, Consumer<WatchEvent> listener) {
        return client.alerts()
                .watch(WatchOptions.builder()
                        .name("high")
                        .filter(AlertFields.SEVERITY.eq(AlertSeverity.HIGH))
                        .since(Instant.parse("2026-11-01T00:00:00Z"))
                        .store(CursorStore.file(folder.resolve("high.cursor")))
                        .listener(listener)
                        .build());
    }
    // end::named[]

    // tag::consumer[]
    static Mono<Void> deal(Delivery<Alert> delivery, Function<Alert, Mono<Void>> desk) {
        return desk.apply(delivery.item()).then(delivery.acknowledge());
    }

    @Test
    void shouldAcknowledgeOnlyWhatTheDeskHas() {
        AtomicInteger acknowledged = new AtomicInteger();
        Delivery<Alert> delivery = Delivery.of(
                Alert.builder().id("da1_1").build(),
                Delivery.Kind.NEW,
                Cursor.startingAt(Instant.EPOCH),
                Mono.fromRunnable(acknowledged::incrementAndGet));

        StepVerifier.create(deal(delivery, alert -> Mono.error(new IllegalStateException("no desk"))))
                .verifyErrorMessage("no desk");
        assertThat(acknowledged).hasValue(0);

        StepVerifier.create(deal(delivery, alert -> Mono.empty())).verifyComplete();
        assertThat(acknowledged).hasValue(1);
    }
    // end::consumer[]

    @Test
    void shouldNameTheWatchInItsEvents(DefenderEmulator emulator) {
        emulator.tenant().alerts().add(Map.of("severity", AlertSeverity.HIGH));
        List<WatchEvent> events = new CopyOnWriteArrayList<>();
        Sinks.Empty<Void> polled = Sinks.empty();
        Consumer<WatchEvent> listener = event -> {
            events.add(event);
            if (event instanceof WatchEvent.Polled) {
                polled.tryEmitEmpty();
            }
        };

        try (DefenderClient client =
                DefenderClient.builder().connection(emulator.connection()).build()) {
            List<Alert> alerts = watchHigh(client, folder, listener)
                    .concatMap(delivery -> delivery.acknowledge().thenReturn(delivery.item()))
                    .takeUntilOther(polled.asMono())
                    .collectList()
                    .block(PATIENCE);
            assertThat(alerts)
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.severity()).isEqualTo(AlertSeverity.HIGH));
        }
        assertThat(events)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.watch()).isEqualTo("high"));
    }
}
