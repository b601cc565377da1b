package io.github.defenderreactive.runtime.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The root of all errors that the library signals. The type tells whether a retry can help:
 * {@link TransientDefenderException} or {@link NonTransientDefenderException}. Immutable.
 *
 * <p>Messages do not contain tokens, secrets, assertions or signed URLs.
 *
 * @since 0.1.0
 */
public abstract sealed class DefenderException extends RuntimeException
        permits TransientDefenderException, NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** The description of the failure, without its context. */
    private final String text;

    private final transient ErrorContext context;

    /** The retry decision, or null. */
    private final @Nullable String note;

    /** The position from which a paged read can be resumed. */
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

    /** Returns the values of a copy without changes. */
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
     * Returns the position from which a paged read can be resumed, as the text of a continuation token.
     *
     * @return the text, or null if the failure did not end a paged read
     */
    public @Nullable String continuation() {
        return continuation;
    }

    /**
     * Returns the id of the operation.
     *
     * @return the id, or null if there is no operation
     */
    public @Nullable String operationId() {
        return context().operationId();
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status, 0 if no response was received
     */
    public int status() {
        return context().status();
    }

    /**
     * Returns the {@code error.code} of the response.
     *
     * @return the code, or null
     */
    public @Nullable String serviceCode() {
        return context().serviceCode();
    }

    /**
     * Returns the request id, for the service's support.
     *
     * @return the id, or null
     */
    public @Nullable String requestId() {
        return context().requestId();
    }

    /**
     * Returns the delay that the peer requested before the next request.
     *
     * @return the delay, or null if the peer did not set one
     */
    public @Nullable Duration retryAfter() {
        return null;
    }

    /**
     * Returns the number of attempts on the wire.
     *
     * @return the number, 0 if nothing was sent
     */
    public int attempts() {
        return context().attempts();
    }

    /**
     * Returns the description of the failure, without its context.
     *
     * @return the beginning of the message
     */
    public String text() {
        return text;
    }

    /**
     * Returns the description of the failure, followed in brackets by operation, status, code, request id and attempts.
     */
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
