package io.github.defenderreactive.emulator.http;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request, independent of any transport.
 *
 * @since 0.1.0
 */
public final class ServiceRequest {

    private final String method;
    private final String root;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * Creates a request.
     *
     * @param method the HTTP method in upper case
     * @param root scheme, host and port that the caller used, without a trailing slash; links in the response begin
     *     with it
     * @param target path and query as on the wire
     * @param headers header values by name in any case
     * @param body the body, empty for none
     */
    public ServiceRequest(String method, String root, String target, Map<String, String> headers, byte[] body) {
        this.method = Objects.requireNonNull(method, "method");
        this.root = Objects.requireNonNull(root, "root");
        this.target = Objects.requireNonNull(target, "target");
        this.headers = new TreeMap<>();
        headers.forEach((name, value) -> this.headers.put(name.toLowerCase(Locale.ROOT), value));
        this.body = body.clone();
    }

    /**
     * Returns the HTTP method.
     *
     * @return the method in upper case
     */
    public String method() {
        return method;
    }

    /**
     * Returns scheme, host and port that the caller used.
     *
     * @return the root, without a trailing slash
     */
    public String root() {
        return root;
    }

    /**
     * Returns path and query as on the wire.
     *
     * @return the request target
     */
    public String target() {
        return target;
    }

    /**
     * Returns the path as on the wire.
     *
     * @return the path
     */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /**
     * Returns the query as on the wire.
     *
     * @return the query without the question mark, empty for none
     */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /**
     * Returns the value of a header.
     *
     * @param lowerCaseName its name in lower case
     * @return the value; null for none
     */
    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /**
     * Returns the body.
     *
     * @return a copy of the bytes, empty for none
     */
    public byte[] body() {
        return body.clone();
    }
}
