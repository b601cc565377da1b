package io.github.defenderreactive.client.watch;

import java.time.Duration;

/**
 * How far behind the watermark a poll begins, and how often.
 *
 * @param depth how late an item may become visible
 * @param every how long until it is read again; zero for each poll
 */
record Overlap(Duration depth, Duration every) {

    Overlap {
        if (depth.isNegative() || every.isNegative()) {
            throw new IllegalArgumentException("An overlap must not be negative: " + depth + " every " + every);
        }
    }
}
