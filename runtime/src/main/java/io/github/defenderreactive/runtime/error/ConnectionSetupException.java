package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A connection requires another configuration: the certificate of the peer is not trusted, or the proxy refused to
 * connect, for example because it requires other credentials. Nothing was sent.
 *
 * @since 0.1.0
 */
public final class ConnectionSetupException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     * @param cause the cause, or null
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
