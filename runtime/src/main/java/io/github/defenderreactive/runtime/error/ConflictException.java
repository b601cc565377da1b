package io.github.defenderreactive.runtime.error;

/**
 * The state does not allow it now, for example an action of the kind already runs on the device.
 *
 * @since 0.1.0
 */
public final class ConflictException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     */
    public ConflictException(String text, ErrorContext context) {
        super(text, context, null);
    }

    private ConflictException(ConflictException original, Changes changes) {
        super(original, changes);
    }

    @Override
    ConflictException with(Changes changes) {
        return new ConflictException(this, changes);
    }
}
