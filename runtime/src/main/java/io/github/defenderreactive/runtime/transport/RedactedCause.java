package io.github.defenderreactive.runtime.transport;

import org.jspecify.annotations.Nullable;

/**
 * Replacement of an exception whose message, or that of one of its causes, contains a secret. Its message begins with
 * the type of the original exception.
 */
final class RedactedCause extends Exception {

    private static final long serialVersionUID = 1L;

    RedactedCause(Throwable original, Redaction redaction, int depth) {
        super(text(original, redaction), cause(original.getCause(), redaction, depth));
        setStackTrace(original.getStackTrace());
        if (depth > 0) {
            for (Throwable suppressed : original.getSuppressed()) {
                addSuppressed(new RedactedCause(suppressed, redaction, depth - 1));
            }
        }
    }

    private static String text(Throwable original, Redaction redaction) {
        String message = redaction.words(original.getMessage());
        String type = original.getClass().getName();
        return message == null ? type : type + ": " + message;
    }

    private static @Nullable Throwable cause(@Nullable Throwable cause, Redaction redaction, int depth) {
        return cause == null || depth == 0 ? null : new RedactedCause(cause, redaction, depth - 1);
    }
}
