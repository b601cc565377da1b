package io.github.defenderreactive.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reader such as {@code head} that has seen enough is a normal end, not a failure. */
final class BrokenPipe {

    private BrokenPipe() {}

    static boolean isCauseOf(Throwable failure) {
        return failure instanceof UncheckedIOException unchecked && isBrokenPipe(unchecked.getCause());
    }

    private static boolean isBrokenPipe(@Nullable IOException failure) {
        String message = failure == null ? "" : String.valueOf(failure.getMessage());
        // Not every system says "Broken pipe".
        return message.toLowerCase(Locale.ROOT).contains("pipe");
    }
}
