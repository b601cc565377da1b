package io.github.defenderreactive.runtime.error;

/**
 * A paged read would not terminate or would lose items: a link was returned twice, a page contained no new items, or a
 * link points to another operation.
 *
 * @since 0.1.0
 */
public final class PagingException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     */
    public PagingException(String text, ErrorContext context) {
        super(text, context, null);
    }

    private PagingException(PagingException original, Changes changes) {
        super(original, changes);
    }

    @Override
    PagingException with(Changes changes) {
        return new PagingException(this, changes);
    }
}
