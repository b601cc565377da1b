package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;

/**
 * A watch ended because of an error that a retry cannot solve; see its cause. With a {@link CursorStore} that outlives
 * the process, the next watch resumes by itself. {@link #cursor()} is for applications that keep the cursor elsewhere.
 *
 * @since 0.1.0
 */
public final class WatchException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient Cursor cursor;

    WatchException(Cursor cursor, Throwable cause) {
        super(cause.getMessage() + "; to resume, start the watch from cursor " + cursor, contextOf(cause), cause);
        this.cursor = cursor;
    }

    private static ErrorContext contextOf(Throwable cause) {
        return cause instanceof DefenderException failure ? failure.context() : ErrorContext.NONE;
    }

    /** Returns the message of the cause, which contains its context already, and the cursor. */
    @Override
    public String getMessage() {
        return text();
    }

    /**
     * Returns the cursor from which the next watch can resume. For a watch that starts now and has had no response yet,
     * this is its start by the local clock.
     *
     * @return the cursor
     */
    public Cursor cursor() {
        return cursor;
    }
}
