package io.github.defenderreactive.runtime.ratelimit;

import java.util.concurrent.TimeUnit;

/**
 * The pauses after rejected calls for which the service does not request a delay. Other processes use the same quota,
 * or the service counts differently: either ends after an unknown part of the window, so the pauses start short and
 * grow.
 */
final class Refusals {

    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(5);

    /** By then a window of a minute has passed, and one of an hour costs only a few more requests. */
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    // guarded by this
    private long pause;
    private long end;

    /**
     * Returns the pause after a rejected call.
     *
     * @param refill the nanoseconds in which one permit becomes available
     */
    synchronized long pause(long refill, long now) {
        if (pause != 0 && end - now > 0) {
            // sent before the pause started, so it is not a new rejection
            return end - now;
        }
        long first = Math.max(SHORTEST, refill);
        boolean soonAfterPause = pause != 0 && now - end <= pause;
        pause = soonAfterPause ? Math.min(2 * pause, Math.max(first, LONGEST)) : first;
        end = now + pause;
        return pause;
    }
}
