package io.github.defenderreactive.client.watch;

import org.jspecify.annotations.Nullable;

/**
 * A store has given the place of a watch to another one while the process lived: its lease expired, its connection was
 * lost, its file was replaced. The watch that gets it ends, because two would work on one progress.
 *
 * @since 0.1.0
 */
public final class LeaseLostException extends CursorStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param text what was lost and what to do
     * @param cause what it came from, or null
     */
    public LeaseLostException(String text, @Nullable Throwable cause) {
        super(text, cause);
    }
}
