package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.http.Query;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The parameters of a call of the login service, in a form or in a query. Empty values are ignored. */
final class LoginForm {

    private final Query fields;

    private LoginForm(Query fields) {
        this.fields = fields;
    }

    static LoginForm ofBody(ServiceRequest request) {
        String type = request.header("content-type");
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            throw LoginProblem.request(9000410, "Malformed request: the body must be form-encoded.");
        }
        return of(new String(request.body(), StandardCharsets.UTF_8));
    }

    static LoginForm ofQuery(ServiceRequest request) {
        return of(request.query());
    }

    private static LoginForm of(String text) {
        try {
            return new LoginForm(new Query(text));
        } catch (Problem e) {
            throw LoginProblem.request(9000411, "Malformed request: " + e.text());
        }
    }

    @Nullable
    String get(String name) {
        String value = fields.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    String required(String name) {
        String value = get(name);
        if (value == null) {
            throw LoginProblem.missing(name);
        }
        return value;
    }
}
