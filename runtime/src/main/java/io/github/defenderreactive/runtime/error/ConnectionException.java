package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The peer was not reachable, did not complete the TLS handshake, or closed the connection.
 *
 * @since 0.1.0
 */
public final class ConnectionException extends TransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** Whether the service may have received the request. */
    private final boolean requestSent;

    /** Whether bytes were received that may belong to the response of another request. */
    private final boolean ambiguous;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param requestSent whether the service may have received the request
     * @param context the context of the error
     * @param cause the cause, or null
     */
    public ConnectionException(String text, boolean requestSent, ErrorContext context, @Nullable Throwable cause) {
        this(text, requestSent, false, context, cause);
    }

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param requestSent whether the service may have received the request
     * @param ambiguous whether bytes were received that may not belong to the response
     * @param context the context of the error
     * @param cause the cause, or null
     */
    public ConnectionException(
            String text, boolean requestSent, boolean ambiguous, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
        this.requestSent = requestSent;
        this.ambiguous = ambiguous;
    }

    private ConnectionException(ConnectionException original, Changes changes) {
        super(original, changes);
        this.requestSent = original.requestSent;
        this.ambiguous = original.ambiguous;
    }

    /**
     * Returns whether the service may have received the request.
     *
     * @return true if the service may have received the request
     */
    public boolean requestSent() {
        return requestSent;
    }

    /**
     * Returns whether bytes were received that may not belong to the response: too early, too many, or not HTTP. The
     * connection was closed, and the received part of the response must not be trusted.
     *
     * @return true if the response was ambiguous
     */
    public boolean ambiguous() {
        return ambiguous;
    }

    @Override
    ConnectionException with(Changes changes) {
        return new ConnectionException(this, changes);
    }
}
