package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * An answer is not what the description says: not JSON, cut short, or over a limit.
 *
 * @since 0.1.0
 */
public final class DecodeException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** JSON path of the place. */
    private final String path;

    /** Bytes of the body before the place. */
    private final long offset;

    /**
     * Creates the error.
     *
     * @param text what went wrong and what to do
     * @param path JSON path of the place
     * @param offset bytes of the body before the place
     * @param context where it belongs
     * @param cause what it came from, or null
     */
    public DecodeException(String text, String path, long offset, ErrorContext context, @Nullable Throwable cause) {
        super(text, context, cause);
        this.path = path;
        this.offset = offset;
    }

    private DecodeException(DecodeException original, Changes changes) {
        super(original, changes);
        this.path = original.path;
        this.offset = original.offset;
    }

    /**
     * JSON path of the place.
     *
     * @return JSON path of the place
     */
    public String path() {
        return path;
    }

    /**
     * Bytes of the body before the place.
     *
     * @return bytes of the body before the place
     */
    public long offset() {
        return offset;
    }

    @Override
    DecodeException with(Changes changes) {
        return new DecodeException(this, changes);
    }
}
