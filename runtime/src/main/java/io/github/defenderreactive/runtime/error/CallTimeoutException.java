package io.github.defenderreactive.runtime.error;

import java.time.Duration;

/**
 * A phase of a call took longer than its limit.
 *
 * @since 0.1.0
 */
public final class CallTimeoutException extends TransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** What was waited for. */
    private final Phase phase;

    /** How long. */
    private final Duration limit;

    /** What was waited for. */
    public enum Phase {
        /** A free connection of the pool; nothing was sent. */
        ACQUIRE,
        /** Name lookup and TCP connect; nothing was sent. */
        CONNECT,
        /** The TLS handshake; nothing was sent. */
        TLS,
        /** The head of the answer. */
        RESPONSE,
        /** The next bytes of the body, counted only while items are demanded. */
        READ,
        /** The whole call or page request, retries and waits included. */
        DEADLINE;

        /**
         * Whether the service may have seen the request.
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
     * @param phase what was waited for
     * @param limit how long
     * @param context where it belongs
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
     * What was waited for.
     *
     * @return the phase
     */
    public Phase phase() {
        return phase;
    }

    /**
     * The limit.
     *
     * @return how long was waited
     */
    public Duration limit() {
        return limit;
    }

    @Override
    CallTimeoutException with(Changes changes) {
        return new CallTimeoutException(this, changes);
    }
}
