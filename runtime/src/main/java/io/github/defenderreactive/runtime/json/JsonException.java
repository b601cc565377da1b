package io.github.defenderreactive.runtime.json;

/**
 * Bytes that are not what was asked for: no JSON, cut short, over a limit, or the report of an error.
 *
 * @since 0.1.0
 */
public sealed class JsonException extends RuntimeException permits ReportedErrorException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, without where. */
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
     * Where in the document.
     *
     * @return a JSON path such as {@code $.value[17].evidence[0].sha1}
     */
    public String path() {
        return path;
    }

    /**
     * Where in the bytes.
     *
     * @return bytes from the start of the document
     */
    public long offset() {
        return offset;
    }
}
