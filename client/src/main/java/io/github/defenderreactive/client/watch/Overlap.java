package io.github.defenderreactive.client.watch;

import java.time.Duration;

/**
 * The distance of the start of a poll before the watermark, and the interval of such polls.
 *
 * @param depth the longest time within which an item may become visible after its update
 * @param every the interval; zero for each poll
 */
record Overlap(Duration depth, Duration every) {

    Overlap {
        if (depth.isNegative() || every.isNegative()) {
            throw new IllegalArgumentException("overlap must be >= 0, was " + depth + " every " + every);
        }
    }
}
