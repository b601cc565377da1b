package io.github.defenderreactive.runtime.json;

/**
 * Thrown when a document reports an error instead of the requested value. {@link #json()} returns the error.
 *
 * @since 0.1.0
 */
public final class ReportedErrorException extends JsonException {

    private static final long serialVersionUID = 1L;

    /** The error as received. */
    private final String json;

    ReportedErrorException(String json, String path, long offset) {
        super("The response reports an error", path, offset);
        this.json = json;
    }

    /**
     * Returns the error as received. The text is untrusted input; do not use it in a message unchanged.
     *
     * @return an object with a member {@code error} or {@code odata.error}
     */
    public String json() {
        return json;
    }
}
