package io.github.defenderreactive.client.indicator;

import io.github.defenderreactive.client.api.IndicatorsApi;
import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sync of indicators. {@code DefenderClient.indicators().sync(...)} starts it, and describes its behaviour.
 *
 * @since 0.1.0
 */
public final class IndicatorSync {

    private IndicatorSync() {}

    /**
     * Returns a sync over the operations on indicators.
     *
     * @param indicators the group of the operations
     * @param wanted the wanted indicators
     * @param options owner, deletion and dry run
     * @return the report; see {@code Indicators.sync}
     */
    public static Mono<IndicatorSyncReport> of(
            IndicatorsApi indicators, Publisher<SubmitIndicatorRequest> wanted, IndicatorSyncOptions options) {
        return of(indicators, wanted, options, InstantSource.system());
    }

    static Mono<IndicatorSyncReport> of(
            IndicatorsApi indicators,
            Publisher<SubmitIndicatorRequest> wanted,
            IndicatorSyncOptions options,
            InstantSource clock) {
        Objects.requireNonNull(options, "options");
        return Flux.from(wanted)
                .take(SyncPlan.MOST_ACTIVE + 1L)
                .collectList()
                .flatMap(rows -> rows.size() > SyncPlan.MOST_ACTIVE
                        ? Mono.error(tooMany("More than " + SyncPlan.MOST_ACTIVE + " indicators are wanted"))
                        : indicators
                                .list()
                                .collectList()
                                .flatMap(existing -> sync(indicators, rows, existing, options, clock)));
    }

    private static Mono<IndicatorSyncReport> sync(
            IndicatorsApi indicators,
            List<SubmitIndicatorRequest> wanted,
            List<Indicator> existing,
            IndicatorSyncOptions options,
            InstantSource clock) {
        SyncPlan plan = SyncPlan.of(wanted, existing, options, clock.instant());
        if (plan.active() > SyncPlan.MOST_ACTIVE && !plan.writes().isEmpty()) {
            return Mono.error(tooMany(
                    "The tenant would have " + plan.active() + " indicators, of which " + existing.size() + " exist"));
        }
        if (options.isDryRun()) {
            List<IndicatorOutcome> outcomes = new ArrayList<>(plan.failures());
            plan.writes().forEach(write -> outcomes.add(write.outcome(null)));
            plan.deletes().forEach(indicator -> outcomes.add(SyncPlan.deleted(indicator, null)));
            return Mono.just(new IndicatorSyncReport(true, plan.unchanged(), outcomes));
        }
        return new SyncRun(indicators, plan).report();
    }

    private static IndicatorSyncException tooMany(String text) {
        return new IndicatorSyncException(
                text + ", but a tenant can have " + SyncPlan.MOST_ACTIVE
                        + " active ones. Nothing was sent. Remove some, or give them an expirationTime",
                new IndicatorSyncReport(false, 0, List.of()),
                null);
    }
}
