package io.github.defenderreactive.client.watch;

/**
 * A watch ended because going on could not help; its cause says why. With a {@link CursorStore} that outlives the process
 * the next watch goes on by itself; {@link #cursor()} is for those who keep it elsewhere.
 *
 * @since 0.1.0
 */
public final class WatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Cursor cursor;

    WatchException(Cursor cursor, Throwable cause) {
        super(cause.getMessage() + "; the watch can go on from cursor " + cursor, cause);
        this.cursor = cursor;
    }

    /**
     * Where the watch can go on. For a watch from now on that has had no answer yet it is its beginning by the local
     * clock.
     *
     * @return the cursor
     */
    public Cursor cursor() {
        return cursor;
    }
}
