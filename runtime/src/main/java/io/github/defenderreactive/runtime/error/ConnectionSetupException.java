package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A connection cannot be made until something is set up differently: the certificate of the peer is not trusted, or the
 * proxy refuses to connect, because it requires other credentials for example. Nothing was sent.
 *
 * @since 0.1.0
 */
public final class ConnectionSetupException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     * @param cause what it came from, or null
     */
    public ConnectionSetupException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    private ConnectionSetupException(ConnectionSetupException original, Changes changes) {
        super(original, changes);
    }

    @Override
    ConnectionSetupException with(Changes changes) {
        return new ConnectionSetupException(this, changes);
    }
}
