package io.github.defenderreactive.emulator;

import java.util.Map;

/** A refusal in the service's error form; thrown by the service logic, which turns it into a response. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    Problem(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    Problem(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    static Problem odata(String message) {
        return new Problem(400, "ODataError", message);
    }

    static Problem invalidBody(String message) {
        return new Problem(400, "InvalidRequestBody", message);
    }

    static Problem invalidInput(String message) {
        return new Problem(400, "InvalidInput", message);
    }

    static Problem notFound(String what, String id) {
        return new Problem(404, "ResourceNotFound", what + " " + id + " was not found");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
