package io.github.defenderreactive.client.cursor;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a watch cannot be read or stored, for example because the disk is full, the file is damaged, or
 * another watch has opened the store.
 *
 * @since 0.1.0
 */
public sealed class CursorStoreException extends WorkflowException permits LeaseLostException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what failed, and what to do
     * @param cause the cause, or null
     */
    public CursorStoreException(String text, @Nullable Throwable cause) {
        super(text, ErrorContext.NONE, cause);
    }
}
