package io.github.defenderreactive.runtime.retry;

import java.time.Duration;

/**
 * Delays between attempts: a bound that doubles with every failure, less a random part of it. The random part spreads
 * the attempts of many callers that failed at the same time.
 *
 * @param first the bound of the first delay
 * @param longest the bound of every delay
 * @param jitter the part of the bound that is random, from 0 to 1
 * @since 0.1.0
 */
public record Backoff(Duration first, Duration longest, double jitter) {

    /**
     * Returns delays that are random from zero to the bound.
     *
     * @param first the bound of the first delay
     * @param longest the bound of every delay
     * @return the delays
     */
    public static Backoff fullJitter(Duration first, Duration longest) {
        return new Backoff(first, longest, 1);
    }

    /**
     * Returns delays that are random from half of the bound to the bound.
     *
     * @param first the bound of the first delay
     * @param longest the bound of every delay
     * @return the delays
     */
    public static Backoff halfJitter(Duration first, Duration longest) {
        return new Backoff(first, longest, 0.5);
    }

    /**
     * Returns delays that are not random.
     *
     * @param first the first delay
     * @param longest the longest delay
     * @return the delays
     */
    public static Backoff exact(Duration first, Duration longest) {
        return new Backoff(first, longest, 0);
    }

    /**
     * Returns the delay after a failure.
     *
     * @param failures the number of failed attempts so far, at least 1
     * @param random a value from 0 to 1
     * @return the delay
     */
    public Duration delay(long failures, double random) {
        long base = first.toNanos();
        long doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(Math.max(1, base)) - 2);
        long bound = Math.min(longest.toNanos(), base << Math.max(0, doublings));
        return Duration.ofNanos((long) (bound * (1 - jitter + jitter * random)));
    }
}
