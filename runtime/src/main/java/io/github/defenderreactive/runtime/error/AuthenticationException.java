package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The authority refused a token, or the service refused the token (HTTP 401).
 *
 * @since 0.1.0
 */
public final class AuthenticationException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     * @param cause what it came from, or null
     */
    public AuthenticationException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }
}
