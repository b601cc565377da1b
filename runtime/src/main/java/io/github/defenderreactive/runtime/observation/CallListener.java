package io.github.defenderreactive.runtime.observation;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.time.Duration;
import java.util.Objects;
import reactor.util.context.ContextView;

/**
 * Listener to one call. For each attempt the order is {@code permitRequested}, {@code permitGranted},
 * {@code tokenReady}, {@code attemptStarted}, {@code responseStarted}, {@code bytesReceived} and {@code attemptEnded};
 * {@code callEnded} is invoked last, exactly once, however the call ends. An attempt that gets no permit or no token is
 * not started. A download has no token, so {@code tokenReady} is not invoked for it, and its bytes do not count as
 * items. The methods are invoked one after another, on the thread on which the call proceeds. They must not block. An
 * exception that a method throws is logged and does not affect the call.
 *
 * @since 0.1.0
 */
public interface CallListener {

    /**
     * The name of the logger that writes a line for each attempt at DEBUG, with or without a listener: operation, path
     * template, number, outcome, status, bytes, time and request id.
     */
    String ATTEMPT_LOGGER = "io.github.defenderreactive.attempt";

    /** A no-op listener. */
    CallListener NONE = new CallListener() {};

    /**
     * Invoked before an attempt waits for its permit.
     *
     * @param waiting the number of callers of the same quota group that already wait
     */
    default void permitRequested(int waiting) {}

    /**
     * Invoked when the rate limiter has given the attempt a permit.
     *
     * @param waited the time for which the attempt waited
     */
    default void permitGranted(Duration waited) {}

    /**
     * Invoked when the access token is available.
     *
     * @param waited the time for which the attempt waited; close to zero unless a token had to be requested
     */
    default void tokenReady(Duration waited) {}

    /**
     * Invoked when an attempt is sent.
     *
     * @param number the number of the attempt, from 1
     */
    default void attemptStarted(int number) {}

    /**
     * Invoked when the head of a response of any status has been received.
     *
     * @param status the HTTP status
     * @param length the length of the body in bytes, without content coding; -1 if the response does not declare it
     */
    default void responseStarted(int status, long length) {}

    /**
     * Invoked for each part of the response body that is read from the connection.
     *
     * @param bytes the number of bytes, without content coding
     */
    default void bytesReceived(int bytes) {}

    /**
     * Returns whether {@link #itemDecoded} is invoked. Called once, when the call starts.
     *
     * @return false by default, so that listeners without interest in items do not slow down decoding
     */
    default boolean wantsItems() {
        return false;
    }

    /**
     * Invoked for each entity of a response and each item of a collection that was decoded into a class of the client,
     * before its subscriber receives it, if {@link #wantsItems()} returns true. An item that is requested again after an
     * interruption is decoded again.
     *
     * @param item the value, which is immutable
     */
    default void itemDecoded(JsonEncodable item) {}

    /**
     * Invoked when an attempt has ended, including its body.
     *
     * @param attempt the result of the attempt
     */
    default void attemptEnded(AttemptSummary attempt) {}

    /**
     * Invoked when the call has ended.
     *
     * @param call the result of the call
     */
    default void callEnded(CallSummary call) {}

    /**
     * Factory of the listeners to calls. A call is one request and its retries; each page of a collection is a separate
     * call, and so is each download of a signed link. Implementations must be thread-safe and must not block. An
     * exception that the factory throws is logged and does not affect the call.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    interface Factory {

        /** A factory of no-op listeners, without overhead. */
        Factory NONE = (operation, context) -> CallListener.NONE;

        /**
         * Invoked when a call starts.
         *
         * @param operation the operation of the call
         * @param context the subscriber's context, for example with the parent of a span
         * @return the listener to this call
         */
        CallListener callStarted(OperationInfo operation, ContextView context);

        /**
         * Returns a factory whose listeners notify those of this factory and then those of another. An exception of one listener
         * does not affect the other. If one of the factories throws, neither listens to that call.
         *
         * @param next the other factory
         * @return a factory for both
         */
        default Factory andThen(Factory next) {
            Objects.requireNonNull(next, "next");
            if (this == NONE) {
                return next;
            }
            return next == NONE
                    ? this
                    : (operation, context) ->
                            TwoListeners.of(callStarted(operation, context), next.callStarted(operation, context));
        }
    }
}
