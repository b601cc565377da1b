package io.github.defenderreactive.runtime.transport;

import java.util.ArrayList;
import java.util.List;
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
    private final TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Creates a head.
     *
     * @param status the HTTP status
     * @param headers the headers, of which none repeats
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
     * A head whose headers may repeat.
     *
     * @param status the HTTP status
     * @param headers the headers in the order they came
     * @return the head
     */
    public static ResponseHead of(int status, Iterable<Map.Entry<String, String>> headers) {
        return new ResponseHead(status, headers);
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
     * @return its value, of several the first, or null when absent
     */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /**
     * A header that may repeat.
     *
     * @param name its name, in any case
     * @return its values in the order they came; empty when absent
     */
    public List<String> headers(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
