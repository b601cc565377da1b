package io.github.defenderreactive.client.cursor;

import org.jspecify.annotations.Nullable;

/**
 * A store was taken over by another watch while the process was running: its lease expired, its connection was lost, or
 * its file was replaced. The watch that receives this error ends, because two watches would use one progress.
 *
 * @since 0.1.0
 */
public final class LeaseLostException extends CursorStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what was lost, and what to do
     * @param cause the cause, or null
     */
    public LeaseLostException(String text, @Nullable Throwable cause) {
        super(text, cause);
    }
}
