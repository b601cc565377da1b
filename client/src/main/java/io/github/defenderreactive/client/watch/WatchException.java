package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;

/**
 * A watch ended because going on could not help; its cause says why. With a {@link CursorStore} that outlives the process
 * the next watch goes on by itself; {@link #cursor()} is for those who keep it elsewhere.
 *
 * @since 0.1.0
 */
public final class WatchException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient Cursor cursor;

    WatchException(Cursor cursor, Throwable cause) {
        super(cause.getMessage() + "; the watch can go on from cursor " + cursor, contextOf(cause), cause);
        this.cursor = cursor;
    }

    private static ErrorContext contextOf(Throwable cause) {
        return cause instanceof DefenderException failure ? failure.context() : ErrorContext.NONE;
    }

    /** Returns the message of the cause, which names the context already, and the cursor. */
    @Override
    public String getMessage() {
        return text();
    }

    /**
     * Where the watch can go on. For a watch from now on that has had no answer yet it is its beginning by the local
     * clock.
     *
     * @return the cursor
     */
    public Cursor cursor() {
        return cursor;
    }
}
