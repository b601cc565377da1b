package io.github.defenderreactive.runtime.error;

/**
 * The state of the resource does not allow the operation, for example because an action of the same kind is in progress
 * on the device.
 *
 * @since 0.1.0
 */
public final class ConflictException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
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
