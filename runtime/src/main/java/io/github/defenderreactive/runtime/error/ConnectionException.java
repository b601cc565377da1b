package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The peer could not be reached, refused TLS, or broke off.
 *
 * @since 0.1.0
 */
public final class ConnectionException extends TransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** Whether the service may have seen the request. */
    private final boolean requestSent;

    /** Whether bytes came that may be the response of another request. */
    private final boolean ambiguous;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param requestSent whether the service may have seen the request
     * @param context where it belongs
     * @param cause what it came from, or null
     */
    public ConnectionException(String text, boolean requestSent, ErrorContext context, @Nullable Throwable cause) {
        this(text, requestSent, false, context, cause);
    }

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param requestSent whether the service may have seen the request
     * @param ambiguous whether it was not certain that what came was the response
     * @param context where it belongs
     * @param cause what it came from, or null
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
     * Whether the service may have seen the request.
     *
     * @return whether the service may have seen the request
     */
    public boolean requestSent() {
        return requestSent;
    }

    /**
     * Returns whether bytes came of which it was not certain that they are the response: too early, too many, or not
     * HTTP. The connection was closed, and what came of the response is not to be trusted.
     *
     * @return whether the response was ambiguous
     */
    public boolean ambiguous() {
        return ambiguous;
    }

    @Override
    ConnectionException with(Changes changes) {
        return new ConnectionException(this, changes);
    }
}
