package io.github.defenderreactive.runtime.error;

/**
 * The client, or its transport, was closed before the call started or while it was in progress. A call that may have
 * reached the service and must not be sent twice fails with {@link OutcomeUnknownException} instead, with this
 * exception as its cause.
 *
 * @since 0.1.0
 */
public final class ClientClosedException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** Whether the service may have received the request. */
    private final boolean requestSent;

    /**
     * Creates the error.
     *
     * @param requestSent whether the service may have received the request
     * @param context the context of the error
     */
    public ClientClosedException(boolean requestSent, ErrorContext context) {
        super("The client was closed", context, null);
        this.requestSent = requestSent;
    }

    private ClientClosedException(ClientClosedException original, Changes changes) {
        super(original, changes);
        this.requestSent = original.requestSent;
    }

    /**
     * Returns whether the service may have received the request.
     *
     * @return true if the service may have received the request
     */
    public boolean requestSent() {
        return requestSent;
    }

    @Override
    ClientClosedException with(Changes changes) {
        return new ClientClosedException(this, changes);
    }
}
