package io.github.defenderreactive.runtime.error;

/**
 * The resource does not exist (HTTP 404), or is not visible yet.
 *
 * @since 0.1.0
 */
public final class NotFoundException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     */
    public NotFoundException(String text, ErrorContext context) {
        super(text, context, null);
    }

    private NotFoundException(NotFoundException original, Changes changes) {
        super(original, changes);
    }

    @Override
    NotFoundException with(Changes changes) {
        return new NotFoundException(this, changes);
    }
}
