package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.operation.Lane;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request as it goes on the wire.
 *
 * @param method the HTTP method in capitals
 * @param uri the absolute URI, already encoded; sent as it is
 * @param headers the headers
 * @param body the body; null when there is none
 * @param lane which connection budget it uses
 * @since 0.1.0
 */
public record TransportRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable RequestBody body,
        Lane lane) {

    /**
     * Copies the headers.
     *
     * @param method the HTTP method in capitals
     * @param uri the absolute URI, already encoded
     * @param headers the headers
     * @param body the body, or null
     * @param lane which connection budget it uses
     */
    public TransportRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(lane, "lane");
        headers = Map.copyOf(headers);
    }

    /** Method, host and path: a query or a header may hold what must not be logged. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
