package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.description.Description;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The endpoints that issue tokens: those of the login service and those of managed identities. */
public final class LoginEndpoints {

    /** The path of the identity endpoint of App Service. */
    static final String APP_SERVICE_PATH = ManagedIdentity.APP_SERVICE_PATH;

    private final AccessTokens tokens;
    private final LoginService logins;
    private final ManagedIdentity identities;

    public LoginEndpoints(ServiceOptions options, Description description, Clock clock) {
        Consent consent = new Consent(description, options.roles(), options.clientId());
        this.tokens = new AccessTokens(options, clock);
        this.logins = new LoginService(options, clock, consent, tokens);
        this.identities = new ManagedIdentity(options, clock, consent, tokens);
    }

    /** Returns whether a path is an endpoint of managed identities. */
    public static boolean isIdentity(String path) {
        return ManagedIdentity.serves(path);
    }

    public ServiceResponse login(ServiceRequest request, LoginRoute route) {
        return logins.respond(request, route);
    }

    public ServiceResponse identity(ServiceRequest request) {
        return identities.respond(request);
    }

    /** Returns a token that was issued here; null for any other. */
    public @Nullable IssuedToken find(String token) {
        return tokens.find(token);
    }

    public SimulatedUsers users() {
        return logins.users();
    }
}
