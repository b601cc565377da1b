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

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param requestSent whether the service may have seen the request
     * @param context where it belongs
     * @param cause what it came from, or null
     */
    public ConnectionException(String text, boolean requestSent, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
        this.requestSent = requestSent;
    }

    /**
     * Whether the service may have seen the request.
     *
     * @return whether the service may have seen the request
     */
    public boolean requestSent() {
        return requestSent;
    }
}
