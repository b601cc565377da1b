package io.github.defenderreactive.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The login service: checks a client's secret and issues signed access tokens, which it also recognises later. */
final class TokenEndpoint {

    private static final Pattern TENANT = Pattern.compile(
            "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\\.[a-z0-9-]+)+|common|organizations");
    private static final String DEFAULT_SCOPE = "/.default";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** One key for all emulators of the process: making one takes longer than everything else a start does. */
    private static final class Signing {
        private static final RSAKey KEY = key();

        private static RSAKey key() {
            try {
                return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
            } catch (JOSEException e) {
                throw new IllegalStateException("No signing key", e);
            }
        }
    }

    private final ServiceOptions options;
    private final Clock clock;
    private final Function<String, Set<String>> roles;
    private final AtomicLong requests = new AtomicLong();
    private final ConcurrentMap<String, IssuedToken> issued = new ConcurrentHashMap<>();

    /** A refusal in the endpoint's own form. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String error;
        private final int code;

        Refused(int status, String error, int code, String message) {
            super("AADSTS" + code + ": " + message, null, false, false);
            this.status = status;
            this.error = error;
            this.code = code;
        }
    }

    /**
     * A token endpoint.
     *
     * @param roles the roles that the application holds on the resource of an audience
     */
    TokenEndpoint(ServiceOptions options, Clock clock, Function<String, Set<String>> roles) {
        this.options = options;
        this.clock = clock;
        this.roles = roles;
    }

    /** The token behind an Authorization header's value, null when this endpoint did not issue it. */
    @Nullable
    IssuedToken find(String token) {
        return issued.get(token);
    }

    ServiceResponse keys() {
        return new ServiceResponse(
                200,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                ResponseBody.of(Values.utf8(new JWKSet(Signing.KEY.toPublicJWK()).toString())));
    }

    ServiceResponse token(ServiceRequest request, String tenant) {
        String trace = Seeded.uuid(options.seed(), requests.incrementAndGet(), 81);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("Cache-Control", "no-store, no-cache");
        headers.put("Pragma", "no-cache");
        headers.put("x-ms-request-id", trace);
        headers.put("x-ms-ests-server", "2.1.emulator");
        String correlation = request.header("client-request-id");
        if (correlation != null && "true".equals(request.header("return-client-request-id"))) {
            headers.put("client-request-id", correlation);
        }
        try {
            return new ServiceResponse(
                    200,
                    headers,
                    ResponseBody.of(Values.bytes(issue(request, tenant).members())));
        } catch (Refused e) {
            headers.put("x-ms-clitelem", "1," + e.code + ",0,,");
            return new ServiceResponse(
                    e.status, headers, ResponseBody.of(Values.bytes(refusal(e, trace, correlation))));
        }
    }

    private Map<String, @Nullable Object> refusal(Refused e, String trace, @Nullable String correlation) {
        String timestamp = TIMESTAMP.format(clock.instant());
        String correlationId = correlation == null ? trace : correlation;
        return new Entity()
                .with("error", e.error)
                .with(
                        "error_description",
                        e.getMessage() + "\r\nTrace ID: " + trace + "\r\nCorrelation ID: " + correlationId
                                + "\r\nTimestamp: " + timestamp)
                .with("error_codes", List.of(e.code))
                .with("timestamp", timestamp)
                .with("trace_id", trace)
                .with("correlation_id", correlationId)
                .with("error_uri", "https://login.microsoftonline.com/error?code=" + e.code)
                .members();
    }

    private Entity issue(ServiceRequest request, String tenant) throws Refused {
        if (!TENANT.matcher(tenant).matches()) {
            throw new Refused(
                    400,
                    "invalid_request",
                    900023,
                    "Specified tenant identifier '" + tenant + "' is neither a GUID nor a domain name.");
        }
        if (!tenant.equalsIgnoreCase(options.tenantId())) {
            throw new Refused(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
        }
        Map<String, String> form = form(request);
        String grant = form.get("grant_type");
        if (grant == null) {
            throw new Refused(
                    400, "invalid_request", 900144, "The request body must contain the parameter: 'grant_type'.");
        }
        if (!grant.equals("client_credentials")) {
            throw new Refused(400, "unsupported_grant_type", 70003, "The grant type '" + grant + "' is not supported.");
        }
        if (form.containsKey("resource")) {
            throw new Refused(400, "invalid_request", 901002, "The 'resource' request parameter is not supported.");
        }
        authenticate(request, form);
        String scope = form.get("scope");
        if (scope == null) {
            throw new Refused(400, "invalid_request", 900144, "The request body must contain the parameter: 'scope'.");
        }
        if (!scope.endsWith(DEFAULT_SCOPE) || scope.indexOf(' ') >= 0) {
            throw new Refused(
                    400,
                    "invalid_scope",
                    1002012,
                    "The value for scope " + scope + " is not valid for client credentials: it must end in /.default.");
        }
        String audience = scope.substring(0, scope.length() - DEFAULT_SCOPE.length());
        long seconds = options.tokenLifetime().toSeconds();
        return new Entity()
                .with("token_type", "Bearer")
                .with("expires_in", seconds)
                .with("ext_expires_in", seconds)
                .with("access_token", sign(request.root(), audience));
    }

    private static Map<String, String> form(ServiceRequest request) throws Refused {
        String type = request.header("content-type");
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            throw new Refused(400, "invalid_request", 9000410, "Malformed request: the body must be form-encoded.");
        }
        try {
            return new Query(new String(request.body(), StandardCharsets.UTF_8)).values();
        } catch (Problem e) {
            throw new Refused(400, "invalid_request", 9000411, "Malformed request: " + e.text());
        }
    }

    private void authenticate(ServiceRequest request, Map<String, String> form) throws Refused {
        String client = form.get("client_id");
        String secret = form.get("client_secret");
        String basic = request.header("authorization");
        if (basic != null && basic.regionMatches(true, 0, "Basic ", 0, 6)) {
            String[] pair = decoded(basic.substring(6)).split(":", 2);
            client = Query.decodeForm(pair[0]);
            secret = pair.length == 2 ? Query.decodeForm(pair[1]) : null;
        }
        if (client == null) {
            throw new Refused(
                    400, "invalid_request", 900144, "The request body must contain the parameter: 'client_id'.");
        }
        if (!client.equals(options.clientId())) {
            throw new Refused(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + client + "' was not found in the directory.");
        }
        if (secret == null) {
            throw new Refused(
                    401,
                    "invalid_client",
                    7000216,
                    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.");
        }
        if (!MessageDigest.isEqual(Values.utf8(secret), Values.utf8(options.clientSecret()))) {
            throw new Refused(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
    }

    private static String decoded(String base64) throws Refused {
        try {
            return new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
    }

    private String sign(String root, String audience) {
        Set<String> granted = roles.apply(audience);
        Instant now = clock.instant();
        Instant expires = now.plus(options.tokenLifetime());
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience(audience)
                .issuer(root + "/" + options.tenantId() + "/v2.0")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .jwtID(Seeded.uuid(options.seed(), requests.get(), 82))
                .subject(Seeded.uuid(options.seed(), 0, 83))
                .claim("appid", options.clientId())
                .claim("tid", options.tenantId())
                .claim("roles", List.copyOf(granted))
                .claim("ver", "1.0")
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(Signing.KEY.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(new RSASSASigner(Signing.KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException("Token not signed", e);
        }
        String token = jwt.serialize();
        issued.values()
                .removeIf(old -> old.expires().plus(options.tokenLifetime()).isBefore(now));
        issued.put(token, new IssuedToken(audience, options.clientId(), granted, expires));
        return token;
    }
}
