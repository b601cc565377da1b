package io.github.defenderreactive.runtime.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service failed (HTTP 5xx).
 *
 * @since 0.1.0
 */
public final class ServiceException extends TransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** The delay that the service requested, or null. */
    private final @Nullable Duration retryAfter;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param retryAfter the delay that the service requested, or null
     * @param context the context of the error
     */
    public ServiceException(String text, @Nullable Duration retryAfter, ErrorContext context) {
        super(text, context, null);
        this.retryAfter = retryAfter;
    }

    private ServiceException(ServiceException original, Changes changes) {
        super(original, changes);
        this.retryAfter = original.retryAfter;
    }

    @Override
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    @Override
    ServiceException with(Changes changes) {
        return new ServiceException(this, changes);
    }
}
