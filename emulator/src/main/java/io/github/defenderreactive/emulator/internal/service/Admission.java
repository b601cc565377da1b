package io.github.defenderreactive.emulator.internal.service;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.internal.admission.BodyCheck;
import io.github.defenderreactive.emulator.internal.admission.FormCheck;
import io.github.defenderreactive.emulator.internal.admission.QuotaMeter;
import io.github.defenderreactive.emulator.internal.admission.Routes;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.graph.EvolvableEnums;
import io.github.defenderreactive.emulator.internal.http.FormPart;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.http.Query;
import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.emulator.internal.login.IssuedToken;
import io.github.defenderreactive.emulator.internal.login.LoginEndpoints;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a request for an operation: its token and permissions, the quota, the query and the body. */
final class Admission {

    private final LoginEndpoints logins;
    private final Clock clock;
    private final @Nullable QuotaMeter quotas;
    private final BodyCheck bodyCheck;
    private final FormCheck formCheck;
    private final @Nullable URI linkRoot;

    Admission(ServiceOptions options, Description description, LoginEndpoints logins, Clock clock) {
        this.logins = logins;
        this.clock = clock;
        this.quotas = options.enforceQuotas() ? new QuotaMeter(clock) : null;
        this.bodyCheck = new BodyCheck(description);
        this.formCheck = new FormCheck(description);
        this.linkRoot = options.linkRoot();
    }

    /**
     * Returns the call that a request makes.
     *
     * @throws Problem if the request is refused
     */
    OperationCall admit(ServiceRequest request, Routes.Match match, @Nullable FaultRule fault) {
        ApiOperation operation = match.operation();
        IssuedToken token = bearer(request);
        authorise(operation, token);
        if (quotas != null) {
            quotas.count(operation, token.application());
        }
        accept(operation, request.header("accept"));
        Query query = query(operation, request);
        return new OperationCall(
                operation,
                match.path(),
                query,
                body(operation, request),
                request.root(),
                operation.linkPath() == null ? request.path() : match.prefix() + operation.linkPath(),
                linkRoot(request, fault),
                fault,
                EvolvableEnums.preferred(request.header("prefer")),
                token.application());
    }

    private IssuedToken bearer(ServiceRequest request) {
        String header = request.header("authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw unauthorized("Authorization has been denied: no bearer token");
        }
        IssuedToken token = logins.find(header.substring(7).trim());
        if (token == null) {
            throw unauthorized("Unauthorized request - reason of failure: the token is not one of this authority");
        }
        if (!token.expires().isAfter(clock.instant())) {
            throw unauthorized("Unauthorized request - reason of failure: the token has expired");
        }
        return token;
    }

    private static Problem unauthorized(String message) {
        return new Problem(401, "Unauthorized", message, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }

    private static void authorise(ApiOperation operation, IssuedToken token) {
        if (!operation.api().audiences().contains(token.audience())) {
            throw operation.api().wrongAudience(token.audience());
        }
        boolean ofUser = token.user() != null;
        List<String> enough = ofUser ? operation.delegatedPermissions() : operation.permissions();
        if (enough.stream().noneMatch(token.permissions()::contains)) {
            String kind = ofUser ? "scopes" : "roles";
            throw new Problem(
                    403,
                    "Forbidden",
                    "Missing application " + kind + ". API required " + kind + ": " + String.join(", ", enough)
                            + ", application " + kind + ": " + String.join(", ", token.permissions()) + ".");
        }
    }

    /** Refuses a caller of a response in plain text that accepts something else only. */
    private static void accept(ApiOperation operation, @Nullable String accepted) {
        if (operation.plainText() && accepted != null && !accepted.contains("text/") && !accepted.contains("*/*")) {
            throw new Problem(415, "UnsupportedMediaType", "A count is text/plain, which Accept does not contain");
        }
    }

    private static Query query(ApiOperation operation, ServiceRequest request) {
        Query query = new Query(request.query());
        for (String name : query.values().keySet()) {
            boolean ofALink = name.equals(Query.SKIP_TOKEN) && operation.linksWithTop();
            if (!ofALink && !operation.queryParameters().containsKey(name)) {
                throw new Problem(
                        400,
                        name.startsWith("$") ? "ODataError" : "BadRequest",
                        "Query parameter '" + name + "' is not one of " + operation.id() + ": "
                                + operation.queryParameters().keySet());
            }
        }
        return query;
    }

    private Map<?, ?> body(ApiOperation operation, ServiceRequest request) {
        byte[] bytes = request.body();
        Node schema = operation.requestSchema();
        if (schema == null) {
            if (bytes.length > 0) {
                throw Problem.invalidBody(operation.id() + " takes no request body");
            }
            return Map.of();
        }
        if (bytes.length == 0) {
            if (operation.requestRequired()) {
                throw new Problem(400, "MissingRequiredParameter", "The request body is missing");
            }
            return Map.of();
        }
        if (operation.form()) {
            return formCheck.check(schema, FormPart.read(request.header("content-type"), bytes));
        }
        Object value;
        try {
            value = JsonValue.of(new String(bytes, StandardCharsets.UTF_8)).toJava();
        } catch (JsonException e) {
            throw Problem.invalidBody("The request body is not JSON: " + e.getMessage());
        }
        bodyCheck.check(schema, value);
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw Problem.invalidBody("The request body is not an object");
    }

    private String linkRoot(ServiceRequest request, @Nullable FaultRule fault) {
        URI foreign = fault != null && fault.linkRoot() != null ? fault.linkRoot() : linkRoot;
        if (foreign == null) {
            return request.root();
        }
        String text = foreign.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
