package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The login service: authenticates callers and issues tokens. */
final class LoginService {

    private static final Pattern TENANT = Pattern.compile(
            "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\\.[a-z0-9-]+)+|common|organizations");
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations");
    private static final Pattern REDIRECT = Pattern.compile("http://localhost(:\\d+)?(/.*)?");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final ServiceOptions options;
    private final Clock clock;
    private final Consent consent;
    private final AccessTokens tokens;
    private final ClientAuthentication proof;
    private final Sessions sessions;
    private final DeviceCodes devices;
    private final SimulatedUsers users;
    private final AtomicLong requests = new AtomicLong();

    LoginService(ServiceOptions options, Clock clock, Consent consent, AccessTokens tokens) {
        this.options = options;
        this.clock = clock;
        this.consent = consent;
        this.tokens = tokens;
        this.proof = new ClientAuthentication(
                options,
                new AssertionValidator(
                        options.clientId(), options.certificates(), options.federatedIdentities(), clock));
        this.sessions = new Sessions(options.seed(), clock);
        this.devices = new DeviceCodes(options.seed(), options.devicePollInterval(), clock);
        this.users = new SimulatedUsers(
                options.users(),
                devices,
                sessions,
                user -> tokens.issue(
                        "https://login.harbour.example",
                        options.clientId(),
                        Seeded.uuid(options.seed(), 0, 104),
                        Set.of("user_impersonation"),
                        user));
    }

    SimulatedUsers users() {
        return users;
    }

    ServiceResponse respond(ServiceRequest request, LoginRoute route) {
        if (route.endpoint() == LoginRoute.Endpoint.KEYS) {
            return tokens.keys();
        }
        String method = route.endpoint() == LoginRoute.Endpoint.AUTHORIZE ? "GET" : "POST";
        if (!request.method().equals(method)) {
            throw new Problem(405, "BadRequest", "This endpoint requires " + method + ", not " + request.method());
        }
        String trace = Seeded.uuid(options.seed(), requests.incrementAndGet(), 81);
        String correlation = request.header("client-request-id");
        Map<String, String> headers = headers(request, trace);
        try {
            return switch (route.endpoint()) {
                case AUTHORIZE -> authorize(request, route, headers);
                case DEVICECODE -> json(headers, deviceCode(request, route));
                default -> json(headers, token(request, route));
            };
        } catch (LoginProblem e) {
            headers.put("x-ms-clitelem", "1," + e.code() + ",0,,");
            return new ServiceResponse(
                    e.status(), headers, ResponseBody.of(Values.bytes(refusal(e, trace, correlation))));
        }
    }

    private static Map<String, String> headers(ServiceRequest request, String trace) {
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
        return headers;
    }

    private static ServiceResponse json(Map<String, String> headers, Entity body) {
        return new ServiceResponse(200, headers, ResponseBody.of(Values.bytes(body.members())));
    }

    private Map<String, @Nullable Object> refusal(LoginProblem e, String trace, @Nullable String correlation) {
        String timestamp = TIMESTAMP.format(clock.instant());
        String correlationId = correlation == null ? trace : correlation;
        return new Entity()
                .with("error", e.error())
                .with(
                        "error_description",
                        e.text() + "\r\nTrace ID: " + trace + "\r\nCorrelation ID: " + correlationId + "\r\nTimestamp: "
                                + timestamp)
                .with("error_codes", List.of(e.code()))
                .with("timestamp", timestamp)
                .with("trace_id", trace)
                .with("correlation_id", correlationId)
                .with("error_uri", "https://login.microsoftonline.com/error?code=" + e.code())
                .members();
    }

    private Entity token(ServiceRequest request, LoginRoute route) {
        checkTenant(route.tenant());
        LoginForm form = LoginForm.ofBody(request);
        String grant = form.required("grant_type");
        boolean ofApplication = grant.equals("client_credentials");
        if (ofApplication && ANY_TENANT.contains(route.tenant())) {
            throw LoginProblem.request(50059, "No tenant-identifying information found in the request.");
        }
        return switch (grant) {
            case "client_credentials" -> applicationTokens(request, route, form);
            case "authorization_code", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code" ->
                userTokens(request, route, form, grant);
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> onBehalfOf(request, route, form);
            default ->
                throw new LoginProblem(
                        400, "unsupported_grant_type", 70003, "The grant type '" + grant + "' is not supported.");
        };
    }

    private void checkTenant(String tenant) {
        if (!TENANT.matcher(tenant).matches()) {
            throw LoginProblem.request(
                    900023, "Specified tenant identifier '" + tenant + "' is neither a GUID nor a domain name.");
        }
        if (!tenant.equalsIgnoreCase(options.tenantId())
                && !tenant.equalsIgnoreCase(Organisation.DNS_SUFFIX)
                && !ANY_TENANT.contains(tenant)) {
            throw LoginProblem.request(90002, "Tenant '" + tenant + "' not found.");
        }
    }

    private static RequestedScope scope(LoginRoute route, LoginForm form) {
        if (route.versionOne()) {
            return RequestedScope.ofResource(form.required("resource"));
        }
        if (form.get("resource") != null) {
            throw LoginProblem.request(901002, "The 'resource' request parameter is not supported.");
        }
        return RequestedScope.of(form.required("scope"));
    }

    private Entity applicationTokens(ServiceRequest request, LoginRoute route, LoginForm form) {
        if (!route.versionOne() && form.get("resource") != null) {
            throw LoginProblem.request(901002, "The 'resource' request parameter is not supported.");
        }
        if (!proof.given(request, form)) {
            throw LoginProblem.client(
                    7000216,
                    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant"
                            + " type.");
        }
        String audience = route.versionOne() ? form.required("resource") : ofDefault(form.required("scope"));
        return issued(
                route,
                tokens.issue(
                        request.root(), consent.resource(audience), options.clientId(), consent.roles(audience), null),
                audience);
    }

    private static String ofDefault(String scope) {
        if (!scope.endsWith("/.default") || scope.indexOf(' ') >= 0) {
            throw LoginProblem.scope(
                    1002012,
                    "The value for scope " + scope + " is not valid for client credentials: it must end in /.default.");
        }
        return scope.substring(0, scope.length() - "/.default".length());
    }

    private Entity userTokens(ServiceRequest request, LoginRoute route, LoginForm form, String grant) {
        // an installed program proves nothing; what is brought all the same must be right
        proof.given(request, form);
        RequestedScope scope = scope(route, form);
        EmulatedUser user = switch (grant) {
            case "authorization_code" ->
                sessions.redeem(form.required("code"), form.required("redirect_uri"), form.get("code_verifier"));
            case "refresh_token" -> sessions.user(form.required("refresh_token"));
            case "password" -> withPassword(form.required("username"), form.required("password"));
            default -> devices.poll(form.required("device_code"));
        };
        return issuedTo(user, request, route, scope);
    }

    private EmulatedUser withPassword(String name, String password) {
        if (!users.knows(name)) {
            throw LoginProblem.grant(50034, "The user account " + name + " does not exist in the directory.");
        }
        EmulatedUser user = users.named(name);
        if (!MessageDigest.isEqual(Values.utf8(password), Values.utf8(user.password()))) {
            throw LoginProblem.grant(50126, "Error validating credentials due to invalid username or password.");
        }
        return user;
    }

    private Entity onBehalfOf(ServiceRequest request, LoginRoute route, LoginForm form) {
        if (!proof.given(request, form)) {
            throw LoginProblem.client(
                    7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        if (!"on_behalf_of".equals(form.required("requested_token_use"))) {
            throw LoginProblem.request(90014, "The parameter 'requested_token_use' must be 'on_behalf_of'.");
        }
        IssuedToken caller = tokens.find(form.required("assertion"));
        if (caller == null || !consent.isApplication(caller.audience())) {
            throw LoginProblem.grant(
                    50013, "Assertion failed signature validation, or its audience is not the caller.");
        }
        if (!caller.expires().isAfter(clock.instant())) {
            throw LoginProblem.grant(500133, "Assertion is not within its valid time range.");
        }
        EmulatedUser user = caller.user();
        if (user == null) {
            throw LoginProblem.grant(
                    7000114,
                    "Application '" + caller.application()
                            + "' is not allowed to make application on-behalf-of calls.");
        }
        return issuedTo(user, request, route, scope(route, form));
    }

    private Entity issuedTo(EmulatedUser user, ServiceRequest request, LoginRoute route, RequestedScope asked) {
        Set<String> scopes = consent.scopes(asked, user);
        String token = tokens.issue(request.root(), asked.resource(), options.clientId(), scopes, user);
        Entity response = issued(route, token, asked.resource());
        response.with("scope", scoped(asked.resource(), scopes));
        if (asked.offline()) {
            response.with("refresh_token", sessions.refreshToken(user));
        }
        return response;
    }

    private static String scoped(String resource, Set<String> scopes) {
        return String.join(
                " ", scopes.stream().map(scope -> resource + "/" + scope).toList());
    }

    /** Returns a token response. Version 1 writes numbers as text. */
    private Entity issued(LoginRoute route, String token, String audience) {
        long seconds = options.tokenLifetime().toSeconds();
        Entity response = new Entity().with("token_type", "Bearer");
        if (route.versionOne()) {
            long now = clock.instant().getEpochSecond();
            response.with("expires_in", Long.toString(seconds))
                    .with("ext_expires_in", Long.toString(seconds))
                    .with("expires_on", Long.toString(now + seconds))
                    .with("not_before", Long.toString(now))
                    .with("resource", audience);
        } else {
            response.with("expires_in", seconds).with("ext_expires_in", seconds);
        }
        return response.with("access_token", token);
    }

    private Entity deviceCode(ServiceRequest request, LoginRoute route) {
        checkTenant(route.tenant());
        LoginForm form = LoginForm.ofBody(request);
        proof.known(form.get("client_id"));
        consent.resource(scope(route, form).resource());
        return devices.begin(request.root());
    }

    /** Redirects with a code. No page is shown, because the user is known from the start. */
    private ServiceResponse authorize(ServiceRequest request, LoginRoute route, Map<String, String> headers) {
        checkTenant(route.tenant());
        LoginForm form = LoginForm.ofQuery(request);
        proof.known(form.get("client_id"));
        String redirect = form.required("redirect_uri");
        if (!REDIRECT.matcher(redirect).matches()) {
            throw LoginProblem.request(
                    50011, "The redirect URI '" + redirect + "' does not match those of the application.");
        }
        Map<String, String> back = new LinkedHashMap<>();
        try {
            back.put("code", code(form, route, redirect));
        } catch (LoginProblem e) {
            back.put("error", e.error());
            back.put("error_description", e.text());
        }
        String state = form.get("state");
        if (state != null) {
            back.put("state", state);
        }
        Map<String, String> found = new LinkedHashMap<>(headers);
        found.remove("Content-Type");
        StringBuilder location = new StringBuilder(redirect);
        back.forEach((name, value) -> location.append(location.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        found.put("Location", location.toString());
        return new ServiceResponse(302, found, ResponseBody.of(new byte[0]));
    }

    private String code(LoginForm form, LoginRoute route, String redirect) {
        if (!"code".equals(form.required("response_type"))) {
            throw new LoginProblem(400, "unsupported_response_type", 70005, "Only the response type 'code' is known.");
        }
        consent.resource(scope(route, form).resource());
        if (users.nextDeclined()) {
            throw new LoginProblem(400, "access_denied", 65004, "User declined to consent to access the app.");
        }
        String hint = form.get("login_hint");
        if (hint != null && !users.knows(hint)) {
            throw new LoginProblem(400, "login_required", 50034, "The user account " + hint + " does not exist.");
        }
        EmulatedUser user = hint == null ? users.first() : users.named(hint);
        return sessions.begin(
                user, redirect, form.get("code_challenge"), "S256".equals(form.get("code_challenge_method")));
    }
}
