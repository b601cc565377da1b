package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * The authority did not issue a token, or the service rejected the token (HTTP 401).
 *
 * @since 0.1.0
 */
public final class AuthenticationException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** The claims that a new token must contain. */
    private final @Nullable String claims;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     * @param cause the cause, or null
     */
    public AuthenticationException(String text, ErrorContext context, @Nullable Throwable cause) {
        this(text, context, null, cause);
    }

    /**
     * Creates the error with a claims challenge.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     * @param claims the claims that a new token must contain, as JSON, or null
     * @param cause the cause, or null
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
     * Returns the claims challenge: the claims that a new token must contain. A service that calls on behalf of a user
     * passes the challenge to its own client, whose user must sign in again.
     *
     * @return the challenge as JSON, or null if there is none
     */
    public @Nullable String claims() {
        return claims;
    }

    @Override
    AuthenticationException with(Changes changes) {
        return new AuthenticationException(this, changes);
    }
}
