package io.github.defenderreactive.runtime.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that must not be repeated was lost: it may or may not have been carried out. Look at the state
 * before sending it again: {@link #operationId()}, {@link #path()} and {@link #sentAt()} say what to look for.
 *
 * @since 0.1.0
 */
public final class OutcomeUnknownException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** What was asked. */
    private final String path;

    /** When it was sent. */
    private final Instant sentAt;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param path the path of the lost request
     * @param sentAt when it was sent
     * @param context where it belongs
     * @param cause what it came from, or null
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
     * The path of the lost request, which names what it was about.
     *
     * @return the path without host and query
     */
    public String path() {
        return path;
    }

    /**
     * When the lost request was sent. If the service acted, it did so after this moment.
     *
     * @return the moment by the clock of this process, which may differ from the service's
     */
    public Instant sentAt() {
        return sentAt;
    }

    @Override
    OutcomeUnknownException with(Changes changes) {
        return new OutcomeUnknownException(this, changes);
    }
}
