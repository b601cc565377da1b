package io.github.defenderreactive.runtime.error;

/**
 * The service rejected the request (other HTTP 4xx), or responded with a redirect; redirects are not followed.
 *
 * @since 0.1.0
 */
public final class BadRequestException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
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
