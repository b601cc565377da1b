package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A credential is not available in this environment: there is no managed identity, or a variable is not set. Another
 * credential may be available.
 *
 * @since 0.1.0
 */
public final class CredentialUnavailableException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the missing setting and the remedy
     * @param context the context of the error
     * @param cause the cause, or null
     */
    public CredentialUnavailableException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    private CredentialUnavailableException(CredentialUnavailableException original, Changes changes) {
        super(original, changes);
    }

    @Override
    CredentialUnavailableException with(Changes changes) {
        return new CredentialUnavailableException(this, changes);
    }
}
