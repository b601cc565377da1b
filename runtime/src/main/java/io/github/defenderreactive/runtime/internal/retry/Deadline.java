package io.github.defenderreactive.runtime.internal.retry;

import java.time.Duration;

/**
 * The remaining time of a call, or of one request of a page. Its clock starts with the permit for the first attempt,
 * and is stopped during each later wait for a permit.
 *
 * @since 0.1.0
 */
public interface Deadline {

    /**
     * Returns the whole time allowed.
     *
     * @return a positive duration
     */
    Duration limit();

    /**
     * Returns the remaining time.
     *
     * @return the time, zero or negative if the deadline has expired
     */
    Duration remaining();

    /**
     * Stops the clock during a wait for a permit, or starts it again.
     *
     * @param waiting whether the call waits for a permit
     */
    default void waitsForPermit(boolean waiting) {}
}
