package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchOptions;
import java.nio.file.Path;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Prints every alert and stores the progress. */
final class WatchAlerts {

    private final Sinks.Empty<Void> stop = Sinks.empty();

    // tag::watch[]
    Flux<Void> watch(DefenderClient client) {
        WatchOptions options = WatchOptions.builder()
                .since(Instant.parse("2026-11-01T00:00:00Z"))
                .store(CursorStore.file(Path.of("alerts.cursor")))
                .listener(event -> System.err.println(event))
                .stopWhen(stop.asMono())
                .build();
        return client.alerts()
                .watch(options)
                .concatMap(delivery -> handOn(delivery).then(delivery.acknowledge()));
    }
    // end::watch[]

    void stop() {
        stop.tryEmitEmpty();
    }

    private static Mono<Void> handOn(Delivery<Alert> delivery) {
        return Mono.fromRunnable(() -> System.out.println(delivery.kind() + "  "
                + delivery.item().id() + "  " + delivery.item().title()));
    }
}
