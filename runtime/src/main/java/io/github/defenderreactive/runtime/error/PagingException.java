package io.github.defenderreactive.runtime.error;

/**
 * Following pages would not end or would lose items: a link came twice, a page brought nothing new, or a link leads elsewhere.
 *
 * @since 0.1.0
 */
public final class PagingException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
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
