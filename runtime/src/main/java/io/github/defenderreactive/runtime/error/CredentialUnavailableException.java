package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A way to get a token does not exist where the program runs: there is no managed identity, a variable is not set. Another
 * one may.
 *
 * @since 0.1.0
 */
public final class CredentialUnavailableException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what is missing and what to do
     * @param context where it belongs
     * @param cause what it came from, or null
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
