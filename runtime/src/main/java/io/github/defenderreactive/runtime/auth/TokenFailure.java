package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why there is no token, told to every caller that waits for one. */
final class TokenFailure {

    private final Throwable error;

    TokenFailure(Throwable error) {
        this.error = error;
    }

    /** Whether a credential that knows its own rules has tried more than once. */
    boolean isRepeated() {
        return error instanceof DefenderException failure && failure.attempts() > 1;
    }

    /** Whether the next try may work. A credential of others may signal plain I/O errors. */
    boolean isTransient() {
        return error instanceof TransientDefenderException
                || error instanceof IOException
                || error instanceof UncheckedIOException
                || error instanceof java.util.concurrent.TimeoutException;
    }

    Throwable error() {
        return error;
    }

    /** How long the authority asks to wait, or null. */
    @Nullable
    Duration retryAfter() {
        return error instanceof DefenderException failure ? failure.retryAfter() : null;
    }

    /** An error of the caller's own: the pipeline completes its context, which must not be shared between calls. */
    Throwable forCaller() {
        if (error instanceof AuthenticationException e) {
            return new AuthenticationException(e.text(), e.context(), e.claims(), e);
        }
        if (error instanceof CredentialUnavailableException e) {
            return new CredentialUnavailableException(e.text(), e.context(), e);
        }
        if (error instanceof ServiceException e) {
            return new ServiceException(e.text(), e.retryAfter(), e.context());
        }
        if (error instanceof ThrottledException e) {
            return new ThrottledException(e.text(), e.retryAfter(), e.context());
        }
        if (error instanceof ConnectionException e) {
            return new ConnectionException(e.text(), e.requestSent(), e.context(), e);
        }
        if (error instanceof CallTimeoutException e) {
            return new CallTimeoutException(e.phase(), e.limit(), e.context());
        }
        if (error instanceof DecodeException e) {
            return new DecodeException(e.text(), e.path(), e.offset(), e.context(), e);
        }
        return error;
    }

    @Override
    public String toString() {
        return String.valueOf(error.getMessage());
    }
}
