package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The failure of a token request, reported to every caller that waits for the token. */
final class TokenFailure {

    private final Throwable error;

    TokenFailure(Throwable error) {
        this.error = error;
    }

    /** Returns whether the credential has already retried by its own rules. */
    boolean isRetried() {
        return error instanceof DefenderException failure && failure.attempts() > 1;
    }

    /** Returns whether a retry may succeed. A credential of the user may signal plain I/O errors. */
    boolean isTransient() {
        return error instanceof TransientDefenderException
                || error instanceof IOException
                || error instanceof UncheckedIOException
                || error instanceof java.util.concurrent.TimeoutException;
    }

    Throwable error() {
        return error;
    }

    /** Returns the delay that the authority requested, or null. */
    @Nullable
    Duration retryAfter() {
        return error instanceof DefenderException failure ? failure.retryAfter() : null;
    }

    /** Returns an error for one caller, because the operators of a caller may add suppressed errors to it. */
    Throwable forCaller() {
        return error instanceof DefenderException failure ? ErrorCopy.of(failure) : error;
    }

    @Override
    public String toString() {
        return String.valueOf(error.getMessage());
    }
}
