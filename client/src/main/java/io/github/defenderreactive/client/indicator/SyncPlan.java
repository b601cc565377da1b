package io.github.defenderreactive.client.indicator;

import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes that bring the existing indicators into the wanted state.
 *
 * @param writes the rows to create or update, in their order
 * @param deletes the indicators to delete
 * @param failures the rows that cannot be sent
 * @param unchanged number of rows that exist as wanted
 * @param active number of indicators afterwards
 */
record SyncPlan(
        List<Write> writes, List<Indicator> deletes, List<IndicatorOutcome> failures, int unchanged, int active) {

    /** The maximum number of active indicators of a tenant. */
    static final int MOST_ACTIVE = 15_000;

    /** A row to send, and whether the indicator exists. */
    record Write(SubmitIndicatorRequest request, IndicatorChange change) {

        IndicatorOutcome outcome(@Nullable String failure) {
            IndicatorKey key = IndicatorKey.of(request);
            return new IndicatorOutcome(key.type(), Objects.requireNonNull(request.indicatorValue()), change, failure);
        }
    }

    static SyncPlan of(
            Collection<SubmitIndicatorRequest> wanted,
            Collection<Indicator> existing,
            IndicatorSyncOptions options,
            Instant now) {
        Map<IndicatorKey, Indicator> present = new HashMap<>();
        existing.forEach(indicator -> present.put(IndicatorKey.of(indicator), indicator));
        Map<IndicatorKey, SubmitIndicatorRequest> rows = new LinkedHashMap<>();
        Set<IndicatorKey> named = new HashSet<>();
        List<Write> writes = new ArrayList<>();
        List<IndicatorOutcome> failures = new ArrayList<>();
        int unchanged = 0;
        int created = 0;
        for (SubmitIndicatorRequest row : wanted) {
            IndicatorKey key = IndicatorKey.of(row);
            // A row with a mistake is wanted as well, so its indicator is not deleted.
            named.add(key);
            SubmitIndicatorRequest earlier = rows.putIfAbsent(key, row);
            if (row.equals(earlier)) {
                continue;
            }
            String problem = earlier == null
                    ? IndicatorCheck.problem(row, now)
                    : "an earlier row has the same type and value, but other members";
            Indicator indicator = present.get(key);
            SubmitIndicatorRequest marked = IndicatorState.marked(row, options.mark());
            if (problem != null) {
                failures.add(new IndicatorOutcome(
                        key.type(),
                        Objects.requireNonNullElse(row.indicatorValue(), ""),
                        IndicatorChange.NONE,
                        problem));
            } else if (indicator == null) {
                created++;
                writes.add(new Write(marked, IndicatorChange.CREATE));
            } else if (IndicatorState.isAsWanted(indicator, marked)
                    || !options.takesOver() && IndicatorState.isAsWanted(indicator, row)) {
                unchanged++;
            } else if (options.takesOver() || IndicatorState.isMarked(indicator, options.mark())) {
                writes.add(new Write(marked, IndicatorChange.UPDATE));
            } else {
                failures.add(new IndicatorOutcome(
                        key.type(),
                        Objects.requireNonNullElse(row.indicatorValue(), ""),
                        IndicatorChange.NONE,
                        "exists with other values and does not belong to this owner; takeOver() updates it"));
            }
        }
        List<Indicator> deletes = options.deletesMissing()
                ? existing.stream()
                        .filter(indicator -> IndicatorState.isMarked(indicator, options.mark()))
                        .filter(indicator -> !named.contains(IndicatorKey.of(indicator)))
                        .filter(indicator -> indicator.id() != null)
                        .toList()
                : List.of();
        return new SyncPlan(writes, deletes, failures, unchanged, existing.size() + created - deletes.size());
    }

    static IndicatorOutcome deleted(Indicator indicator, @Nullable String failure) {
        return new IndicatorOutcome(
                IndicatorKey.of(indicator).type(),
                Objects.requireNonNullElse(indicator.indicatorValue(), ""),
                IndicatorChange.DELETE,
                failure);
    }
}
