package io.github.defenderreactive.runtime.json;

/**
 * A document that reports an error in the place of what was asked for. It is whole JSON; what it says is in
 * {@link #json()}.
 *
 * @since 0.1.0
 */
public final class ReportedErrorException extends JsonException {

    private static final long serialVersionUID = 1L;

    /** The words of the service. */
    private final String json;

    ReportedErrorException(String json, String path, long offset) {
        super("The document reports an error", path, offset);
        this.json = json;
    }

    /**
     * Returns the report as it was received. The words are those of a peer: they are not fit for a message as they are.
     *
     * @return an object with a member {@code error} or {@code odata.error}
     */
    public String json() {
        return json;
    }
}
