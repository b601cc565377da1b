package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a token endpoint says when it gives no token, and what to do about it. */
final class TokenErrors {

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{4,9})");
    private static final Set<String> TRANSIENT = Set.of("temporarily_unavailable", "server_error");
    private static final int MAX_QUOTED = 300;

    private TokenErrors() {}

    static AuthenticationException unusable(String text) {
        return new AuthenticationException(text, ErrorContext.NONE, null);
    }

    static DecodeException notAnAuthority(String what, int status, @Nullable String authority) {
        String from = authority == null ? "The authority" : authority;
        return new DecodeException(
                from + " does not answer like a token endpoint: " + what
                        + ". Check the authority's address and whether a proxy or a login page answers in its place",
                "$",
                0,
                new ErrorContext(null, status, null, null, 1),
                null);
    }

    /** An answer other than 200. */
    static DefenderException refused(
            ResponseHead head,
            @Nullable Map<String, Object> members,
            String authority,
            TokenEndpoint.Hiding hide,
            Instant now) {
        Map<String, Object> body = members == null ? Map.of() : members;
        String error = text(body.get("error"));
        String description = text(body.get("error_description"));
        String number = number(body, description);
        String code = number == null ? error : "AADSTS" + number;
        String requestId = text(body.get("trace_id"));
        if (requestId == null) {
            requestId = head.header("x-ms-request-id");
        }
        if (requestId == null) {
            requestId = text(body.get("correlation_id"));
        }
        ErrorContext context = new ErrorContext(null, head.status(), code == null ? null : hide.in(code), requestId, 1);
        Duration retryAfter = retryAfter(head.header("retry-after"), now);
        if (head.status() == 429) {
            return new ThrottledException(
                    "The authority " + authority + " throttles token requests", retryAfter, context);
        }
        if (head.status() >= 500 || head.status() == 408 || error != null && TRANSIENT.contains(error)) {
            return new ServiceException(
                    "The authority " + authority + " cannot issue a token now", retryAfter, context);
        }
        if (error == null) {
            return new AuthenticationException(
                    "No token: " + authority + " does not answer like a token endpoint. Check the authority's address,"
                            + " the tenant, and whether a proxy answers in its place",
                    context,
                    null);
        }
        StringBuilder words = new StringBuilder("No token: the authority answered ").append(hide.in(error));
        if (description != null) {
            words.append(" (").append(firstLine(hide.in(description))).append(')');
        }
        words.append(". ").append(advice(error, number));
        return new AuthenticationException(words.toString(), context, null);
    }

    private static @Nullable String number(Map<String, Object> body, @Nullable String description) {
        if (description != null) {
            Matcher matcher = AADSTS.matcher(description);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        if (body.get("error_codes") instanceof List<?> codes
                && !codes.isEmpty()
                && codes.get(0) instanceof Number first) {
            return Long.toString(first.longValue());
        }
        return null;
    }

    private static String firstLine(String description) {
        String line = description.lines().findFirst().orElse("").trim();
        return line.length() > MAX_QUOTED ? line.substring(0, MAX_QUOTED) + "…" : line;
    }

    private static String advice(String error, @Nullable String number) {
        String byNumber = number == null ? null : adviceByNumber(number);
        if (byNumber != null) {
            return byNumber;
        }
        return switch (error) {
            case "invalid_client" -> "Check the client id and its secret or certificate";
            case "unauthorized_client" -> "Check that the application is registered in this tenant";
            case "invalid_scope", "invalid_resource" ->
                "Check the scope: the resource's address with /.default behind it";
            case "invalid_request" -> "Check tenant, client id and scope";
            case "invalid_grant", "interaction_required", "consent_required", "login_required" ->
                "A user or an administrator must act";
            default -> "The code names the reason";
        };
    }

    private static @Nullable String adviceByNumber(String number) {
        return switch (number) {
            case "7000215" -> "The secret is wrong: use its value, not its id";
            case "7000222" -> "The secret has expired: create a new one";
            case "7000218" -> "The request held no secret: check its supplier";
            case "700016" -> "The application is not known in this tenant: check client id and tenant";
            case "7000112", "70001" -> "The application is disabled";
            case "90002", "900023", "50059", "90019", "50128" ->
                "The tenant is not known: check its id, and that the authority is that of its cloud";
            case "90038", "900382", "900432" -> "The tenant lives in another cloud: use that cloud's authority";
            case "500011", "50001", "650052", "650057" ->
                "The resource of the scope is not known in this tenant: check the scope";
            case "70011", "28002", "700022", "700023", "1002012" ->
                "The scope is wrong: use the resource's address with /.default behind it";
            case "65001", "90094", "650056" -> "An administrator must consent to the application's permissions";
            case "53003", "530032", "50131" -> "Conditional Access blocks it";
            default -> null;
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String string && !string.isEmpty() ? string : null;
    }

    /** Seconds or a date; null when absent or neither. */
    private static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String value = header.trim();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Duration wait = Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
