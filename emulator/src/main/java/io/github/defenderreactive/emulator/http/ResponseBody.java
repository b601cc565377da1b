package io.github.defenderreactive.emulator.http;

import org.jspecify.annotations.Nullable;

/**
 * A body that is produced while it is read. Not thread-safe; one reader.
 *
 * @since 0.1.0
 */
public interface ResponseBody extends AutoCloseable {

    /**
     * Returns the next piece of the body, usually 16 to 32 KiB.
     *
     * @return the bytes, not empty, or null after the last piece
     */
    byte @Nullable [] next();

    /** Discards the rest of the body. Further calls have no effect. */
    @Override
    default void close() {}

    /**
     * Returns a body of one piece.
     *
     * @param bytes the whole body; may be empty
     * @return the body
     */
    static ResponseBody of(byte[] bytes) {
        return new ResponseBody() {
            private boolean read = bytes.length == 0;

            @Override
            public byte @Nullable [] next() {
                if (read) {
                    return null;
                }
                read = true;
                return bytes;
            }
        };
    }
}
