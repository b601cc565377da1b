package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * Content that is to be sent cannot be read, or content that was received cannot be stored or is not whole: a missing
 * file, a file that changes while it is sent, a full disk.
 *
 * @since 0.1.0
 */
public final class ContentException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param context where it belongs
     * @param cause what it came from, or null
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
