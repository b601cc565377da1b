package io.github.defenderreactive.runtime.error;

/**
 * A page is full and has no next page, so items after it may be missing.
 *
 * @since 0.1.0
 */
public final class PossibleTruncationException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     */
    public PossibleTruncationException(String text, ErrorContext context) {
        super(text, context, null);
    }

    private PossibleTruncationException(PossibleTruncationException original, Changes changes) {
        super(original, changes);
    }

    @Override
    PossibleTruncationException with(Changes changes) {
        return new PossibleTruncationException(this, changes);
    }
}
