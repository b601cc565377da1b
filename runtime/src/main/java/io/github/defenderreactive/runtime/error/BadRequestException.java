package io.github.defenderreactive.runtime.error;

/**
 * The service refused the request as it is (other HTTP 4xx), or answered with a redirect, which is never followed.
 *
 * @since 0.1.0
 */
public final class BadRequestException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     */
    public BadRequestException(String text, ErrorContext context) {
        super(text, context, null);
    }

    private BadRequestException(BadRequestException original, Changes changes) {
        super(original, changes);
    }

    @Override
    BadRequestException with(Changes changes) {
        return new BadRequestException(this, changes);
    }
}
