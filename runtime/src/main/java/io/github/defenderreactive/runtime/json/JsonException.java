package io.github.defenderreactive.runtime.json;

/**
 * Thrown when input cannot be decoded: it is not JSON, is truncated, exceeds a limit, is of another type, or reports an
 * error.
 *
 * @since 0.1.0
 */
public sealed class JsonException extends RuntimeException permits ReportedErrorException {

    private static final long serialVersionUID = 1L;

    /** The problem, without the location. */
    private final String problem;

    /** The JSON path. */
    private final String path;

    /** Bytes from the start of the document. */
    private final long offset;

    JsonException(String text, String path, long offset) {
        super(text + " at byte " + offset + ", path " + path);
        this.problem = text;
        this.path = path;
        this.offset = offset;
    }

    String problem() {
        return problem;
    }

    /**
     * Returns the location in the document.
     *
     * @return a JSON path such as {@code $.value[17].evidence[0].sha1}
     */
    public String path() {
        return path;
    }

    /**
     * Returns the location in bytes.
     *
     * @return the number of bytes from the start of the document
     */
    public long offset() {
        return offset;
    }
}
