package io.github.defenderreactive.emulator.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response, independent of any transport. Its body is produced while it is read; a reader that stops early closes the
 * body.
 *
 * @since 0.1.0
 */
public final class ServiceResponse {

    private final int status;
    private final Map<String, String> headers;
    private final ResponseBody body;

    /**
     * Creates a response.
     *
     * @param status the HTTP status; 0 for a connection that is reset instead
     * @param headers values by name
     * @param body the body
     */
    public ServiceResponse(int status, Map<String, String> headers, ResponseBody body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
    }

    /**
     * Returns this response with a header set.
     *
     * @param name the name of the header
     * @param value its value
     * @return the response with the header
     */
    public ServiceResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ServiceResponse(status, more, body);
    }

    /**
     * Returns this response with another body.
     *
     * @param other the body
     * @return the response with the body
     */
    public ServiceResponse withBody(ResponseBody other) {
        return new ServiceResponse(status, headers, other);
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status code
     */
    public int status() {
        return status;
    }

    /**
     * Returns the headers.
     *
     * @return values by name, read-only
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Returns the body, with the content coding of the headers already applied.
     *
     * @return the body, to be read once
     */
    public ResponseBody body() {
        return body;
    }
}
