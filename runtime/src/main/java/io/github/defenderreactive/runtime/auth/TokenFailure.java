package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorCopy;
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

    /** Returns an error of the caller's own, because operators of callers add suppressed errors to it. */
    Throwable forCaller() {
        return error instanceof DefenderException failure ? ErrorCopy.of(failure) : error;
    }

    @Override
    public String toString() {
        return String.valueOf(error.getMessage());
    }
}
