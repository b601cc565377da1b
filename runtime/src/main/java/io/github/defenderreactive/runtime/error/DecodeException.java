package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * A response does not match its description: it is not JSON, is truncated, or exceeds a limit.
 *
 * @since 0.1.0
 */
public final class DecodeException extends NonTransientDefenderException {

    private static final long serialVersionUID = 1L;

    /** The JSON path of the position. */
    private final String path;

    /** The number of bytes of the body before the position. */
    private final long offset;

    /**
     * Creates the error.
     *
     * @param text the failure and the remedy
     * @param path the JSON path of the position
     * @param offset the number of bytes of the body before the position
     * @param context the context of the error
     * @param cause the cause, or null
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
     * Returns the JSON path of the position.
     *
     * @return the JSON path
     */
    public String path() {
        return path;
    }

    /**
     * Returns the number of bytes of the body before the position.
     *
     * @return the number of bytes
     */
    public long offset() {
        return offset;
    }

    @Override
    DecodeException with(Changes changes) {
        return new DecodeException(this, changes);
    }
}
