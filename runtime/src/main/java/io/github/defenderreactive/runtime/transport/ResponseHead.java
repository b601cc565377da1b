package io.github.defenderreactive.runtime.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The status and headers of a response.
 *
 * @since 0.1.0
 */
public final class ResponseHead {

    private final int status;
    private final TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Creates a head.
     *
     * @param status the HTTP status
     * @param headers the headers, without repetitions
     */
    public ResponseHead(int status, Map<String, String> headers) {
        this(status, headers.entrySet());
    }

    private ResponseHead(int status, Iterable<Map.Entry<String, String>> headers) {
        this.status = status;
        headers.forEach(header -> this.headers
                .computeIfAbsent(header.getKey(), name -> new ArrayList<>())
                .add(header.getValue()));
    }

    /**
     * Creates a head whose headers may repeat.
     *
     * @param status the HTTP status
     * @param headers the headers in the order received
     * @return the head
     */
    public static ResponseHead of(int status, Iterable<Map.Entry<String, String>> headers) {
        return new ResponseHead(status, headers);
    }

    /**
     * Returns the HTTP status.
     *
     * @return 100 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Returns the value of a header.
     *
     * @param name the name, in any case
     * @return the value, the first one if there are several, or null if absent
     */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /**
     * Returns the values of a header that may repeat.
     *
     * @param name the name, in any case
     * @return the values in the order received; empty if absent
     */
    public List<String> headers(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
