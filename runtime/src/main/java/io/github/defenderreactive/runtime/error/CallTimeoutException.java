package io.github.defenderreactive.runtime.error;

import java.time.Duration;

/**
 * A phase of a call took longer than its limit.
 *
 * @since 0.1.0
 */
public final class CallTimeoutException extends TransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** The phase that took too long. */
    private final Phase phase;

    /** The limit of the phase. */
    private final Duration limit;

    /** A phase of a call. */
    public enum Phase {
        /** Acquiring a connection of the pool; nothing was sent. */
        ACQUIRE,
        /** Name lookup and TCP connect; nothing was sent. */
        CONNECT,
        /** The TLS handshake; nothing was sent. */
        TLS,
        /** The head of the response. */
        RESPONSE,
        /** The next bytes of the body, measured only while items are demanded. */
        READ,
        /** The whole call or page request, retries and delays included. */
        DEADLINE;

        /**
         * Returns whether the service may have received the request.
         *
         * @return false for the phases before sending
         */
        public boolean requestSent() {
            return compareTo(RESPONSE) >= 0;
        }
    }

    /**
     * Creates the error.
     *
     * @param phase the phase that took too long
     * @param limit the limit of the phase
     * @param context the context of the error
     */
    public CallTimeoutException(Phase phase, Duration limit, ErrorContext context) {
        super("Timeout: " + phase + " took longer than " + limit, context, null);
        this.phase = phase;
        this.limit = limit;
    }

    private CallTimeoutException(CallTimeoutException original, Changes changes) {
        super(original, changes);
        this.phase = original.phase;
        this.limit = original.limit;
    }

    /**
     * Returns the phase that took too long.
     *
     * @return the phase
     */
    public Phase phase() {
        return phase;
    }

    /**
     * Returns the limit of the phase.
     *
     * @return the limit
     */
    public Duration limit() {
        return limit;
    }

    @Override
    CallTimeoutException with(Changes changes) {
        return new CallTimeoutException(this, changes);
    }
}
