package io.github.defenderreactive.runtime.ratelimit;

import java.util.concurrent.TimeUnit;

/**
 * How long to pause after refusals that do not say for how long. Others use the same quota, or the service counts in
 * another way: both pass after a part of the window that nobody knows, so the pauses begin short and grow.
 */
final class Refusals {

    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(5);

    /** A window of a minute has passed by then, and one of an hour costs few requests more. */
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    // guarded by this
    private long pause;
    private long end;

    /**
     * The pause after a refusal.
     *
     * @param refill nanoseconds in which one permit comes back
     */
    synchronized long pause(long refill, long now) {
        if (pause != 0 && end - now > 0) {
            // Sent before the pause began, so it says nothing new.
            return end - now;
        }
        long first = Math.max(SHORTEST, refill);
        boolean again = pause != 0 && now - end <= pause;
        pause = again ? Math.min(2 * pause, Math.max(first, LONGEST)) : first;
        end = now + pause;
        return pause;
    }
}
