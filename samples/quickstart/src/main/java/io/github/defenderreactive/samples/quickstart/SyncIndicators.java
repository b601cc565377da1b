package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.indicator.IndicatorChange;
import io.github.defenderreactive.client.indicator.IndicatorOutcome;
import io.github.defenderreactive.client.indicator.IndicatorSyncOptions;
import io.github.defenderreactive.client.indicator.IndicatorSyncReport;
import io.github.defenderreactive.client.model.IndicatorAction;
import io.github.defenderreactive.client.model.IndicatorSeverity;
import io.github.defenderreactive.client.model.IndicatorType;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps the indicators of a feed in the tenant. */
final class SyncIndicators {

    private SyncIndicators() {}

    // tag::indicators[]
    static Mono<IndicatorSyncReport> sync(DefenderClient client, Flux<String> domains, Consumer<String> log) {
        Flux<SubmitIndicatorRequest> wanted = domains.map(domain -> SubmitIndicatorRequest.builder()
                .indicatorType(IndicatorType.DOMAIN_NAME)
                .indicatorValue(domain)
                .action(IndicatorAction.BLOCK)
                .title("Control host")
                .description("From the feed of the harbour")
                .severity(IndicatorSeverity.HIGH)
                .build());
        return client.indicators()
                .sync(wanted, IndicatorSyncOptions.ownedBy("harbour-feed").deleteMissing())
                .doOnNext(report -> {
                    log.accept(report.count(IndicatorChange.CREATE) + " created");
                    for (IndicatorOutcome row : report.failures()) {
                        log.accept(row.value() + ": " + row.failure());
                    }
                });
    }
    // end::indicators[]
}
