package io.github.defenderreactive.cli.internal.crawl;

import io.github.defenderreactive.cli.internal.crawl.CrawlRow.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** The number of operations by outcome. */
public final class Outcomes {

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

    /** Creates an empty count. */
    public Outcomes() {}

    /**
     * Counts an operation.
     *
     * @param row its row
     */
    public void add(CrawlRow row) {
        counts.merge(row.outcome(), 1, Integer::sum);
    }

    /**
     * Returns whether an operation had an outcome.
     *
     * @param outcome the outcome
     * @return whether there is at least one
     */
    public boolean contain(Outcome outcome) {
        return counts.containsKey(outcome);
    }

    /**
     * Returns a line for the user.
     *
     * @return the numbers
     */
    public String summary() {
        return String.format(
                "%d operations: %d ok, %d refused as expected, %d skipped, %d failed",
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault(Outcome.OK, 0),
                counts.getOrDefault(Outcome.REFUSED, 0),
                counts.getOrDefault(Outcome.SKIPPED, 0),
                counts.getOrDefault(Outcome.FAILED, 0));
    }
}
