package io.github.defenderreactive.runtime.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything the library signals. Whether repeating can help shows in the type:
 * {@link TransientDefenderException} or {@link NonTransientDefenderException}.
 *
 * <p>Messages hold no token, secret, assertion or signed URL.
 *
 * @since 0.1.0
 */
public abstract sealed class DefenderException extends RuntimeException
        permits TransientDefenderException, NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, without where. */
    private final String text;

    private transient ErrorContext context;

    /** What was decided about the failure. */
    private @Nullable String note;

    /** Where a stream of pages can go on. */
    private @Nullable String continuation;

    DefenderException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, cause);
        this.text = text;
        this.context = context;
    }

    /**
     * Where it belongs. The pipeline completes it while the error travels outwards.
     *
     * @return operation, status, service code, request id, attempts
     */
    public ErrorContext context() {
        ErrorContext current = context;
        return current == null ? ErrorContext.NONE : current;
    }

    /**
     * Completes the context; for the pipeline, before the error reaches a user.
     *
     * @param completed the context to carry
     */
    public void complete(ErrorContext completed) {
        this.context = completed;
    }

    /**
     * Adds to the message what was decided about the failure; for the pipeline, before the error reaches a user.
     *
     * @param addition why no further attempt is made
     */
    public void note(String addition) {
        this.note = addition;
    }

    /**
     * Where a stream of pages can go on: the text of a continuation token.
     *
     * @return the token's text, or null when the failure did not end a stream of pages
     */
    public @Nullable String continuation() {
        return continuation;
    }

    /**
     * Notes where a stream of pages can go on; for paging, before the error reaches a user.
     *
     * @param token the text of a continuation token
     */
    public void continueAt(String token) {
        this.continuation = token;
    }

    /**
     * The operation.
     *
     * @return its id, or null when there is none
     */
    public @Nullable String operationId() {
        return context().operationId();
    }

    /**
     * The HTTP status.
     *
     * @return the status, 0 when no answer arrived
     */
    public int status() {
        return context().status();
    }

    /**
     * The {@code error.code} of the answer.
     *
     * @return the code, or null
     */
    public @Nullable String serviceCode() {
        return context().serviceCode();
    }

    /**
     * The id to give to the service's support.
     *
     * @return the id, or null
     */
    public @Nullable String requestId() {
        return context().requestId();
    }

    /**
     * Returns how long the peer asks to wait before the next request.
     *
     * @return the wait, or null when it names none
     */
    public @Nullable Duration retryAfter() {
        return null;
    }

    /**
     * Wire attempts made.
     *
     * @return the number, 0 when nothing was sent
     */
    public int attempts() {
        return context().attempts();
    }

    /**
     * What went wrong, without where.
     *
     * @return the text the message begins with
     */
    public String text() {
        return text;
    }

    /** What went wrong, and in brackets where: operation, status, code, request id, attempts. */
    @Override
    public String getMessage() {
        ErrorContext at = context();
        StringBuilder out = new StringBuilder(text);
        if (note != null) {
            out.append("; ").append(note);
        }
        String separator = " [";
        if (at.operationId() != null) {
            out.append(separator).append(at.operationId());
            separator = ", ";
        }
        if (at.status() != 0) {
            out.append(separator).append("HTTP ").append(at.status());
            separator = ", ";
        }
        if (at.serviceCode() != null) {
            out.append(separator).append("code ").append(at.serviceCode());
            separator = ", ";
        }
        if (at.requestId() != null) {
            out.append(separator).append("request ").append(at.requestId());
            separator = ", ";
        }
        if (at.attempts() > 1) {
            out.append(separator).append(at.attempts()).append(" attempts");
            separator = ", ";
        }
        return separator.equals(" [") ? out.toString() : out.append(']').toString();
    }
}
