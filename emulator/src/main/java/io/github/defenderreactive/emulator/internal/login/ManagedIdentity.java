package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The endpoints at which a workload gets a token for the identity that its platform assigned. */
public final class ManagedIdentity {

    static final String METADATA_PATH = "/metadata/identity/oauth2/token";
    public static final String APP_SERVICE_PATH = "/msi/token";

    private static final List<String> IDS =
            List.of("client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id");

    private final ServiceOptions options;
    private final Clock clock;
    private final Consent consent;
    private final AccessTokens tokens;

    ManagedIdentity(ServiceOptions options, Clock clock, Consent consent, AccessTokens tokens) {
        this.options = options;
        this.clock = clock;
        this.consent = consent;
        this.tokens = tokens;
    }

    static boolean serves(String path) {
        return path.equals(METADATA_PATH) || path.equals(APP_SERVICE_PATH);
    }

    ServiceResponse respond(ServiceRequest request) {
        boolean metadata = request.path().equals(METADATA_PATH);
        try {
            check(request, metadata);
            return json(200, issued(request, metadata));
        } catch (LoginProblem e) {
            return refused(metadata, e.status(), e.error(), e.text());
        } catch (Problem e) {
            return refused(metadata, e.status(), e.code(), e.text());
        }
    }

    private static ServiceResponse refused(boolean metadata, int status, String error, String text) {
        return json(
                status,
                metadata
                        ? new Entity().with("error", error).with("error_description", text)
                        : new Entity().with("statusCode", status).with("message", text));
    }

    private void check(ServiceRequest request, boolean metadata) {
        if (!request.method().equals("GET")) {
            throw new Problem(405, "invalid_request", "The endpoint only accepts GET requests.");
        }
        if (metadata) {
            if (!"true".equals(request.header("metadata"))) {
                throw new Problem(400, "bad_request_102", "Required metadata header not specified");
            }
            if (request.header("x-forwarded-for") != null) {
                throw new Problem(400, "invalid_request", "The request came through a proxy");
            }
        } else if (!options.identityHeader().equals(request.header("x-identity-header"))) {
            throw new Problem(401, "unauthorized", "The identity header is not that of this site");
        }
    }

    private Entity issued(ServiceRequest request, boolean metadata) {
        LoginForm query = LoginForm.ofQuery(request);
        String version = metadata ? "2018-02-01" : "2019-08-01";
        if (!version.equals(query.required("api-version"))) {
            throw new Problem(400, "invalid_request", "Unsupported api-version; use " + version);
        }
        String resource = query.required("resource");
        Set<String> roles = Set.of();
        if (!resource.equals(AssertionValidator.EXCHANGE)) {
            roles = consent.roles(consent.resource(resource));
        }
        String application = application(query);
        String token = tokens.issue(request.root(), resource, application, roles, null);
        long seconds = options.tokenLifetime().toSeconds();
        long now = clock.instant().getEpochSecond();
        Entity response = new Entity()
                .with("access_token", token)
                .with("expires_on", Long.toString(now + seconds))
                .with("resource", resource)
                .with("token_type", "Bearer")
                .with("client_id", application);
        return metadata
                ? response.with("refresh_token", "")
                        .with("expires_in", Long.toString(seconds))
                        .with("not_before", Long.toString(now))
                : response;
    }

    /** Returns the application of the system-assigned identity, or of the user-assigned one that the caller names. */
    private String application(LoginForm query) {
        @Nullable
        String named = IDS.stream()
                .map(query::get)
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
        if (named == null) {
            return options.identityClientId();
        }
        if (!named.equals(options.clientId())) {
            throw new Problem(400, "invalid_request", "Identity not found");
        }
        return options.clientId();
    }

    private static ServiceResponse json(int status, Entity body) {
        return new ServiceResponse(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                ResponseBody.of(Values.bytes(body.members())));
    }
}
