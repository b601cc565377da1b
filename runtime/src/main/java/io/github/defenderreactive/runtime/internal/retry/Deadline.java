package io.github.defenderreactive.runtime.internal.retry;

import java.time.Duration;

/**
 * How long a call, or one request of a page, may still take. Its clock begins to run with the permit for the first attempt,
 * and stands still during each later wait for a permit.
 *
 * @since 0.1.0
 */
public interface Deadline {

    /**
     * The whole time allowed.
     *
     * @return a positive duration
     */
    Duration limit();

    /**
     * The time left now.
     *
     * @return the time left, zero or negative when it is used up
     */
    Duration remaining();

    /**
     * Stops the clock while a permit is waited for, or lets it run again.
     *
     * @param waiting whether a permit is waited for
     */
    default void waitsForPermit(boolean waiting) {}
}
