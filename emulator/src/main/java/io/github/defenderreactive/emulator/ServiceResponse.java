package io.github.defenderreactive.emulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the service logic. Its body is made while it is read; a reader that stops early closes the body.
 *
 * @since 0.1.0
 */
public final class ServiceResponse {

    private final int status;
    private final Map<String, String> headers;
    private final ResponseBody body;

    ServiceResponse(int status, Map<String, String> headers, ResponseBody body) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
    }

    ServiceResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ServiceResponse(status, more, body);
    }

    ServiceResponse withBody(ResponseBody other) {
        return new ServiceResponse(status, headers, other);
    }

    /**
     * The HTTP status.
     *
     * @return the status code
     */
    public int status() {
        return status;
    }

    /**
     * The headers of the answer.
     *
     * @return values by name, read-only
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The body, with the content coding of the headers already applied.
     *
     * @return the body, to be read once
     */
    public ResponseBody body() {
        return body;
    }
}
