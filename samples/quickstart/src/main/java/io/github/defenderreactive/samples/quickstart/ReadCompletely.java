package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Reads collections from their start to their end. */
final class ReadCompletely {

    private ReadCompletely() {}

    // tag::all[]
    static Flux<Alert> everyAlert(DefenderClient client) {
        PagedFlux<Alert> alerts = client.alerts().list();
        System.err.println(alerts.forecast(200_000));
        return alerts.doOnReport(report -> System.err.println(report));
    }
    // end::all[]

    // tag::resume[]
    static Flux<Machine> everyMachine(DefenderClient client) {
        PagedFlux<Machine> machines = client.machines().list();
        return machines.onErrorResume(failure -> ContinuationToken.of(failure)
                .map(token -> (Flux<Machine>) machines.resumeFrom(token))
                .orElseGet(() -> Flux.error(failure)));
    }
    // end::resume[]

    // tag::settings[]
    static DefenderClient patientClient(DefenderClient.Builder builder) {
        return builder.rateLimiter(
                        RateLimiter.builder().maxWait(Duration.ofMinutes(30)).build())
                .retryPolicy(RetryPolicy.builder().maxAttempts(6).build())
                .deadline(Duration.ofHours(1))
                .build();
    }
    // end::settings[]
}
