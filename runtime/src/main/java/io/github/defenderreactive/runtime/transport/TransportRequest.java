package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.operation.Lane;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request as sent.
 *
 * @param method the HTTP method in upper case
 * @param uri the absolute, encoded URI; sent unchanged
 * @param headers the headers
 * @param body the body, or null
 * @param lane the lane, which selects the connection pool
 * @param secretHeaders the names of headers whose values are secrets, besides those whose names say so
 * @since 0.1.0
 */
public record TransportRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable RequestBody body,
        Lane lane,
        Set<String> secretHeaders) {

    /**
     * Creates a request. The headers are copied.
     *
     * @param method the HTTP method in upper case
     * @param uri the absolute, encoded URI
     * @param headers the headers
     * @param body the body, or null
     * @param lane the lane, which selects the connection pool
     * @param secretHeaders the names of headers whose values are secrets, besides those whose names say so
     */
    public TransportRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(lane, "lane");
        headers = Map.copyOf(headers);
        secretHeaders = Set.copyOf(secretHeaders);
    }

    /**
     * Creates a request whose secret headers have names that say so, such as {@code Authorization}.
     *
     * @param method the HTTP method in upper case
     * @param uri the absolute, encoded URI
     * @param headers the headers
     * @param body the body, or null
     * @param lane the lane, which selects the connection pool
     */
    public TransportRequest(
            String method, URI uri, Map<String, String> headers, @Nullable RequestBody body, Lane lane) {
        this(method, uri, headers, body, lane, Set.of());
    }

    /** Returns method, host and path. Query and headers are omitted, because they may contain secrets. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
