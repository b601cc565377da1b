package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.observation.ResponseInfo;
import java.time.Duration;

/**
 * Listener to the attempts of one call, for the code that started it. Invoked on the thread of the call.
 *
 * @since 0.1.0
 */
public interface AttemptListener {

    /** A no-op listener, for a call whose result is emitted at its end. */
    AttemptListener NONE = new AttemptListener() {};

    /**
     * Invoked when an attempt is sent.
     *
     * @param number its number, from 1
     */
    default void attemptStarted(int number) {}

    /**
     * Invoked when the head of a response has arrived, before its body.
     *
     * @param response facts of the response
     */
    default void responseReceived(ResponseInfo response) {}

    /**
     * Invoked after a wait that a quota caused.
     *
     * @param waited the time waited
     */
    default void throttled(Duration waited) {}

    /**
     * Returns whether a part of the result was emitted. From then on an attempt that fails is not retried.
     *
     * @return true if a part of the result was emitted
     */
    default boolean hasEmitted() {
        return false;
    }
}
