package io.github.defenderreactive.runtime.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request that must not be sent twice was lost, so the request may or may not have been carried out.
 * Check the state before sending it again; {@link #operationId()}, {@link #path()} and {@link #sentAt()} identify the
 * request.
 *
 * @since 0.1.0
 */
public final class OutcomeUnknownException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** The path of the request. */
    private final String path;

    /** The time at which the request was sent. */
    private final Instant sentAt;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param path the path of the lost request
     * @param sentAt the time at which it was sent
     * @param context the context of the error
     * @param cause the cause, or null
     */
    public OutcomeUnknownException(
            String text, String path, Instant sentAt, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
        this.path = path;
        this.sentAt = sentAt;
    }

    private OutcomeUnknownException(OutcomeUnknownException original, Changes changes) {
        super(original, changes);
        this.path = original.path;
        this.sentAt = original.sentAt;
    }

    /**
     * Returns the path of the lost request, which identifies its resource.
     *
     * @return the path without host and query
     */
    public String path() {
        return path;
    }

    /**
     * Returns the time at which the lost request was sent. If the service carried it out, it did so after this time.
     *
     * @return the time by the clock of this process, which may differ from the service's
     */
    public Instant sentAt() {
        return sentAt;
    }

    @Override
    OutcomeUnknownException with(Changes changes) {
        return new OutcomeUnknownException(this, changes);
    }
}
