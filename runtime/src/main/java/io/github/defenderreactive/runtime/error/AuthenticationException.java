package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The authority refused a token, or the service refused the token (HTTP 401).
 *
 * @since 0.1.0
 */
public final class AuthenticationException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** What a new token would have to hold. */
    private final @Nullable String claims;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     * @param cause what it came from, or null
     */
    public AuthenticationException(String text, ErrorContext context, @Nullable Throwable cause) {
        this(text, context, null, cause);
    }

    /**
     * Creates the error with a claims challenge.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     * @param claims what a new token would have to hold, as JSON, or null
     * @param cause what it came from, or null
     */
    public AuthenticationException(
            String text, ErrorContext context, @Nullable String claims, @Nullable Throwable cause) {
        super(text, context, cause);
        this.claims = claims;
    }

    private AuthenticationException(AuthenticationException original, Changes changes) {
        super(original, changes);
        this.claims = original.claims;
    }

    /**
     * The claims challenge, where one was made: what a new token would have to hold. A service that called on behalf of a
     * user passes it on to its caller, whose user must sign in again.
     *
     * @return the challenge as JSON, or null
     */
    public @Nullable String claims() {
        return claims;
    }

    @Override
    AuthenticationException with(Changes changes) {
        return new AuthenticationException(this, changes);
    }
}
