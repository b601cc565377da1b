package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * Content to send cannot be read, or received content cannot be stored or is incomplete: a missing file, a file that
 * changes while it is sent, a full disk.
 *
 * @since 0.1.0
 */
public final class ContentException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param context the context of the error
     * @param cause the cause, or null
     */
    public ContentException(String text, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
    }

    private ContentException(ContentException original, Changes changes) {
        super(original, changes);
    }

    @Override
    ContentException with(Changes changes) {
        return new ContentException(this, changes);
    }
}
