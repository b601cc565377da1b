package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.http.Query;
import io.github.defenderreactive.emulator.internal.json.Values;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Authenticates the registered application. */
final class ClientAuthentication {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ServiceOptions options;
    private final AssertionValidator assertions;

    ClientAuthentication(ServiceOptions options, AssertionValidator assertions) {
        this.options = options;
        this.assertions = assertions;
    }

    /**
     * Returns whether the caller authenticated as the application. A public client does not, which some grants allow.
     *
     * @throws LoginProblem if the application is unknown or the proof is wrong
     */
    boolean given(ServiceRequest request, LoginForm form) {
        String client = form.get("client_id");
        String secret = form.get("client_secret");
        String basic = request.header("authorization");
        if (basic != null && basic.regionMatches(true, 0, "Basic ", 0, 6)) {
            String[] pair = decoded(basic.substring(6)).split(":", 2);
            client = Query.decodeForm(pair[0]);
            secret = pair.length == 2 ? Query.decodeForm(pair[1]) : null;
        }
        known(client);
        String assertion = form.get("client_assertion");
        if (assertion != null) {
            checkType(form.get("client_assertion_type"));
            assertions.check(assertion, request.root() + request.path());
            return true;
        }
        if (secret == null) {
            return false;
        }
        if (!MessageDigest.isEqual(Values.utf8(secret), Values.utf8(options.clientSecret()))) {
            throw wrongSecret();
        }
        return true;
    }

    /** Refuses a caller that does not name the application. */
    void known(@Nullable String client) {
        if (client == null) {
            throw LoginProblem.missing("client_id");
        }
        if (!client.equals(options.clientId())) {
            throw new LoginProblem(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + client + "' was not found in the directory.");
        }
    }

    private static void checkType(@Nullable String type) {
        if (!ASSERTION_TYPE.equals(type)) {
            throw LoginProblem.client(
                    50027, "The client assertion type must be '" + ASSERTION_TYPE + "', not '" + type + "'.");
        }
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrongSecret();
        }
    }

    private static LoginProblem wrongSecret() {
        return LoginProblem.client(7000215, "Invalid client secret provided.");
    }
}
