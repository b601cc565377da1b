package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * An export cannot be read or written: the service replaced the snapshot while it was read, a link points to a host
 * that is not allowed, a checkpoint belongs to another snapshot, or a file on disk cannot be written.
 *
 * @since 0.1.0
 */
public final class ExportException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    ExportException(String text, String operationId) {
        super(text, ErrorContext.of(operationId), null);
    }

    ExportException(String text, @Nullable Throwable cause) {
        super(text, ErrorContext.NONE, cause);
    }
}
