package io.github.defenderreactive.client.indicator;

import io.github.defenderreactive.client.api.IndicatorsApi;
import io.github.defenderreactive.client.model.BatchDeleteIndicatorsRequest;
import io.github.defenderreactive.client.model.ImportIndicatorsRequest;
import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.IndicatorImportResult;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The calls of one sync, one after the other. A batch whose response was lost is compared with the list, and what is
 * missing is sent once more. A rejected batch is split until the rows at fault are alone.
 */
final class SyncRun {

    /** The maximum size of a batch. */
    private static final int BATCH = 500;

    /**
     * Number of rows that may be rejected one by one. After that, a rejected batch is not split, because that would cost
     * many calls.
     */
    private static final int MOST_REJECTED_ALONE = 20;

    private final IndicatorsApi indicators;
    private final SyncPlan plan;
    private final List<IndicatorOutcome> outcomes = new ArrayList<>();
    private int rejectedAlone;

    SyncRun(IndicatorsApi indicators, SyncPlan plan) {
        this.indicators = indicators;
        this.plan = plan;
        outcomes.addAll(plan.failures());
    }

    Mono<IndicatorSyncReport> report() {
        Mono<Void> writes = Flux.fromIterable(plan.writes())
                .buffer(BATCH)
                .concatMap(batch -> write(batch, true), 0)
                .then();
        Mono<Void> deletes = Flux.fromIterable(plan.deletes())
                .buffer(BATCH)
                .concatMap(batch -> delete(batch, true), 0)
                .then();
        // Deletions come last, so that a failure leaves too many indicators and not too few, unless they make room.
        boolean isRoom = plan.active() + plan.deletes().size() <= SyncPlan.MOST_ACTIVE;
        return (isRoom ? writes.then(deletes) : deletes.then(writes))
                .then(Mono.fromSupplier(this::soFar))
                .onErrorMap(failure -> new IndicatorSyncException(
                        "The sync ended before all changes were made; the next one makes the rest: "
                                + failure.getMessage(),
                        soFar(),
                        failure));
    }

    private IndicatorSyncReport soFar() {
        return new IndicatorSyncReport(false, plan.unchanged(), outcomes);
    }

    private Mono<Void> write(List<SyncPlan.Write> batch, boolean first) {
        ImportIndicatorsRequest request = ImportIndicatorsRequest.builder()
                .indicators(batch.stream().map(SyncPlan.Write::request).toList())
                .build();
        return indicators
                .batchImport(request)
                .collectList()
                .doOnNext(results -> settle(batch, results))
                .then()
                .onErrorResume(failure -> {
                    if (failure instanceof BadRequestException rejected) {
                        return split(batch, rejected);
                    }
                    return first && isLost(failure) ? writeMissing(batch) : Mono.error(failure);
                });
    }

    private static boolean isLost(Throwable failure) {
        return failure instanceof OutcomeUnknownException || failure instanceof TransientDefenderException;
    }

    /** Assigns the results, which are in the order of the rows; results in another order are found by value. */
    private void settle(List<SyncPlan.Write> batch, List<IndicatorImportResult> results) {
        Map<String, IndicatorImportResult> byValue = new HashMap<>();
        results.forEach(result -> byValue.put(String.valueOf(result.indicator()), result));
        for (int i = 0; i < batch.size(); i++) {
            SyncPlan.Write write = batch.get(i);
            String value = Objects.requireNonNull(write.request().indicatorValue());
            IndicatorImportResult result =
                    i < results.size() && value.equals(results.get(i).indicator())
                            ? results.get(i)
                            : byValue.get(value);
            outcomes.add(write.outcome(reason(result)));
        }
    }

    private static @Nullable String reason(@Nullable IndicatorImportResult result) {
        if (result == null) {
            return "the response has no result for the row";
        }
        return Boolean.TRUE.equals(result.isFailed())
                ? Objects.requireNonNullElse(result.failureReason(), "the service gives no reason")
                : null;
    }

    private Mono<Void> split(List<SyncPlan.Write> batch, BadRequestException rejected) {
        if (batch.size() == 1) {
            rejectedAlone++;
        }
        if (batch.size() == 1 || rejectedAlone >= MOST_REJECTED_ALONE) {
            batch.forEach(write -> outcomes.add(write.outcome(rejected.getMessage())));
            return Mono.empty();
        }
        int middle = batch.size() / 2;
        return write(batch.subList(0, middle), true)
                .then(Mono.defer(() -> write(batch.subList(middle, batch.size()), true)));
    }

    private Mono<Void> writeMissing(List<SyncPlan.Write> batch) {
        return indicators.list().collectList().flatMap(existing -> {
            Map<IndicatorKey, Indicator> present = new HashMap<>();
            existing.forEach(indicator -> present.put(IndicatorKey.of(indicator), indicator));
            List<SyncPlan.Write> missing = new ArrayList<>();
            for (SyncPlan.Write write : batch) {
                Indicator indicator = present.get(IndicatorKey.of(write.request()));
                if (indicator != null && IndicatorState.isAsWanted(indicator, write.request())) {
                    outcomes.add(write.outcome(null));
                } else {
                    missing.add(write);
                }
            }
            return missing.isEmpty() ? Mono.empty() : write(missing, false);
        });
    }

    private Mono<Void> delete(List<Indicator> batch, boolean first) {
        BatchDeleteIndicatorsRequest request = BatchDeleteIndicatorsRequest.builder()
                .indicatorIds(batch.stream().map(Indicator::id).toList())
                .build();
        return indicators
                .batchDelete(request)
                .doOnSuccess(done -> batch.forEach(indicator -> outcomes.add(SyncPlan.deleted(indicator, null))))
                .onErrorResume(
                        failure -> first && (isLost(failure) || failure instanceof NotFoundException),
                        lost -> deletePresent(batch));
    }

    private static void addId(Set<String> ids, Indicator indicator) {
        String id = indicator.id();
        if (id != null) {
            ids.add(id);
        }
    }

    /** Deletes what the list still has. A batch is rejected as a whole if another program has deleted one of it. */
    private Mono<Void> deletePresent(List<Indicator> batch) {
        return indicators.list().collect(HashSet<String>::new, SyncRun::addId).flatMap(ids -> {
            List<Indicator> present = new ArrayList<>();
            for (Indicator indicator : batch) {
                if (ids.contains(indicator.id())) {
                    present.add(indicator);
                } else {
                    outcomes.add(SyncPlan.deleted(indicator, null));
                }
            }
            return present.isEmpty() ? Mono.empty() : delete(present, false);
        });
    }
}
