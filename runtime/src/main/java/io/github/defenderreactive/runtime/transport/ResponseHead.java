package io.github.defenderreactive.runtime.transport;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Status and headers of an answer.
 *
 * @since 0.1.0
 */
public final class ResponseHead {

    private final int status;
    private final TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Creates a head.
     *
     * @param status the HTTP status
     * @param headers the headers; for a repeated one the first value
     */
    public ResponseHead(int status, Map<String, String> headers) {
        this.status = status;
        this.headers.putAll(headers);
    }

    /**
     * The HTTP status.
     *
     * @return 100 to 599
     */
    public int status() {
        return status;
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its value, or null when absent
     */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
