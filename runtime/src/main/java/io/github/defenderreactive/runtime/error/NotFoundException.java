package io.github.defenderreactive.runtime.error;

/**
 * There is no such resource (HTTP 404), or it is not visible yet.
 *
 * @since 0.1.0
 */
public final class NotFoundException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
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
