package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a watch cannot be read or kept: the disk is full, the file damaged, another watch has it open.
 *
 * @since 0.1.0
 */
public sealed class CursorStoreException extends WorkflowException permits LeaseLostException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param cause what it came from, or null
     */
    public CursorStoreException(String text, @Nullable Throwable cause) {
        super(text, ErrorContext.NONE, cause);
    }
}
