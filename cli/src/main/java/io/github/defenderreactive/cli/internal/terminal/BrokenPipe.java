package io.github.defenderreactive.cli.internal.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The end of the reader of a pipe, such as {@code head}, which is a normal end and not a failure. */
public final class BrokenPipe {

    private BrokenPipe() {}

    /**
     * Returns whether a failure was caused by a pipe that its reader closed.
     *
     * @param failure a failure to write
     * @return whether the pipe is broken
     */
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof UncheckedIOException unchecked && isBrokenPipe(unchecked.getCause());
    }

    private static boolean isBrokenPipe(@Nullable IOException failure) {
        String message = failure == null ? "" : String.valueOf(failure.getMessage());
        // Systems use different words, such as "Broken pipe" and "The pipe is being closed".
        return message.toLowerCase(Locale.ROOT).contains("pipe");
    }
}
