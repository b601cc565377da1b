package io.github.defenderreactive.emulator.internal.http;

import java.util.Map;

/** A refusal in the service's error form; thrown by the service logic, which turns it into a response. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    public Problem(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    public Problem(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    public static Problem odata(String message) {
        return new Problem(400, "ODataError", message);
    }

    public static Problem invalidBody(String message) {
        return new Problem(400, "InvalidRequestBody", message);
    }

    public static Problem invalidInput(String message) {
        return new Problem(400, "InvalidInput", message);
    }

    public static Problem notFound(String what, String id) {
        return new Problem(404, "ResourceNotFound", what + " " + id + " was not found");
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
