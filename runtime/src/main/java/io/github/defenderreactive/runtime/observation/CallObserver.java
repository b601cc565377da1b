package io.github.defenderreactive.runtime.observation;

import java.time.Duration;

/**
 * Hears of one call, in this order: for each attempt {@code permitRequested},
 * {@code permitGranted}, {@code tokenReady}, {@code attemptStarted} and
 * {@code attemptEnded}; at last {@code callEnded}, once, whatever happened. An attempt that gets no permit or no token is
 * not started. The methods are called one after another, on whatever thread the call is.
 *
 * @since 0.1.0
 */
public interface CallObserver {

    /** Hears nothing. */
    CallObserver NONE = new CallObserver() {};

    /**
     * The rate limiter is asked to let an attempt go.
     *
     * @param waiting how many callers of the same quota group wait already
     */
    default void permitRequested(int waiting) {}

    /**
     * The rate limiter lets the attempt go.
     *
     * @param waited how long it took
     */
    default void permitGranted(Duration waited) {}

    /**
     * The access token is there.
     *
     * @param waited how long it took: next to nothing unless one had to be requested
     */
    default void tokenReady(Duration waited) {}

    /**
     * An attempt is sent.
     *
     * @param number its number, from 1
     */
    default void attemptStarted(int number) {}

    /**
     * An attempt is over, its body included.
     *
     * @param attempt how it went
     */
    default void attemptEnded(AttemptSummary attempt) {}

    /**
     * The call is over.
     *
     * @param call how it went
     */
    default void callEnded(CallSummary call) {}
}
