package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Distinguishes the failures of a call. */
final class HandleErrors {

    private HandleErrors() {}

    // tag::errors[]
    static Mono<Alert> find(DefenderClient client, String alertId, Consumer<String> log) {
        return client.alerts()
                .get(alertId)
                .onErrorResume(NotFoundException.class, missing -> Mono.empty())
                .doOnError(DefenderException.class, failure -> {
                    String kind = failure instanceof TransientDefenderException ? "try later" : "needs a change";
                    log.accept(kind + ": " + failure.getMessage());
                });
    }
    // end::errors[]
}
