package io.github.defenderreactive.emulator.internal.login;

/** A refusal in the form of the login service. */
final class LoginProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final int code;

    LoginProblem(int status, String error, int code, String message) {
        super("AADSTS" + code + ": " + message, null, false, false);
        this.status = status;
        this.error = error;
        this.code = code;
    }

    static LoginProblem request(int code, String message) {
        return new LoginProblem(400, "invalid_request", code, message);
    }

    static LoginProblem missing(String parameter) {
        return request(900144, "The request body must contain the parameter: '" + parameter + "'.");
    }

    static LoginProblem scope(int code, String message) {
        return new LoginProblem(400, "invalid_scope", code, message);
    }

    static LoginProblem client(int code, String message) {
        return new LoginProblem(401, "invalid_client", code, message);
    }

    static LoginProblem grant(int code, String message) {
        return new LoginProblem(400, "invalid_grant", code, message);
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
