package io.github.defenderreactive.runtime.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything the library signals. The type says whether a retry can help:
 * {@link TransientDefenderException} or {@link NonTransientDefenderException}. Immutable.
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

    private final transient ErrorContext context;

    /** What was decided about the failure. */
    private final @Nullable String note;

    /** The place at which a stream of pages can be resumed. */
    private final @Nullable String continuation;

    DefenderException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, cause);
        this.text = text;
        this.context = context;
        this.note = null;
        this.continuation = null;
    }

    /** Creates a copy. It has the stack trace, the cause and the suppressed errors of the original. */
    DefenderException(DefenderException original, Changes changes) {
        super(original.text, original.getCause());
        this.text = original.text;
        this.context = changes.context();
        this.note = changes.note();
        this.continuation = changes.continuation();
        setStackTrace(original.getStackTrace());
        for (Throwable suppressed : original.getSuppressed()) {
            addSuppressed(suppressed);
        }
    }

    /** Returns a copy of the same type. An exception of another module returns itself. */
    abstract DefenderException with(Changes changes);

    /** Returns what a copy takes over unless it is changed. */
    Changes unchanged() {
        return new Changes(context(), note, continuation);
    }

    /**
     * Returns the context of the error.
     *
     * @return operation, status, service code, request id, attempts
     */
    public ErrorContext context() {
        ErrorContext current = context;
        return current == null ? ErrorContext.NONE : current;
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
