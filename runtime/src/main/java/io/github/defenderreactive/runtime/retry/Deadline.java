package io.github.defenderreactive.runtime.retry;

import java.time.Duration;

/**
 * How long a call, or one request of a page, may still take.
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
}
