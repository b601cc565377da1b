package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a retry may resolve.
 *
 * @since 0.1.0
 */
public abstract sealed class TransientDefenderException extends DefenderException
        permits ThrottledException, ServiceException, ConnectionException, CallTimeoutException {

    private static final long serialVersionUID = 1L;

    TransientDefenderException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    TransientDefenderException(TransientDefenderException original, Changes changes) {
        super(original, changes);
    }
}
