package io.github.defenderreactive.runtime.error;

/**
 * A page is exactly full and names no next page: items behind it may be missing.
 *
 * @since 0.1.0
 */
public final class PossibleTruncationException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
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
