package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure of a workflow that another module builds on this one, such as a watch. Such modules extend this class.
 *
 * @since 0.1.0
 */
public abstract non-sealed class WorkflowException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     * @param cause the cause, or null
     */
    protected WorkflowException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    @Override
    final WorkflowException with(Changes changes) {
        return this;
    }
}
