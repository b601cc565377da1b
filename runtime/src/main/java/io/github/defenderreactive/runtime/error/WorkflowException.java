package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure of a workflow that another module builds upon this one, such as a watch: the branch of the tree that such a
 * module extends.
 *
 * @since 0.1.0
 */
public abstract non-sealed class WorkflowException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context the context of the error
     * @param cause what it came from, or null
     */
    protected WorkflowException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    @Override
    final WorkflowException with(Changes changes) {
        return this;
    }
}
