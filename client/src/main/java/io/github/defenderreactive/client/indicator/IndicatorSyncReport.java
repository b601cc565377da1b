package io.github.defenderreactive.client.indicator;

import java.util.List;

/**
 * The result of a sync.
 *
 * @param dryRun whether nothing was sent, so that the outcomes are those that a sync would have
 * @param unchanged number of wanted indicators that exist as wanted
 * @param outcomes the changes and the rows that failed; unmodifiable
 * @since 0.1.0
 */
public record IndicatorSyncReport(boolean dryRun, int unchanged, List<IndicatorOutcome> outcomes) {

    /**
     * Creates a report. The list is copied.
     *
     * @param dryRun whether nothing was sent
     * @param unchanged number of wanted indicators that exist as wanted
     * @param outcomes the changes and the rows that failed
     */
    public IndicatorSyncReport {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Returns the number of changes of a kind that were made, or would be in a dry run.
     *
     * @param change the kind
     * @return the number
     */
    public int count(IndicatorChange change) {
        return (int) outcomes.stream()
                .filter(outcome -> outcome.change() == change && !outcome.isFailed())
                .count();
    }

    /**
     * Returns the rows whose change was not made, with the reasons.
     *
     * @return an unmodifiable list; empty if the state is as wanted
     */
    public List<IndicatorOutcome> failures() {
        return outcomes.stream().filter(IndicatorOutcome::isFailed).toList();
    }
}
