package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that must not be repeated was lost: it may or may not have been carried out. Look at the state before sending it again.
 *
 * @since 0.1.0
 */
public final class OutcomeUnknownException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     * @param cause what it came from, or null
     */
    public OutcomeUnknownException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }
}
