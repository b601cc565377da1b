package io.github.defenderreactive.runtime.internal.authority;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The errors of a token endpoint that issues no token, with their remedies. */
public final class TokenErrors {

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{4,9})");
    private static final Set<String> TRANSIENT = Set.of("temporarily_unavailable", "server_error");

    /** The numbers of failures of the authority itself, whatever the status. */
    private static final Set<String> TRANSIENT_NUMBERS =
            Set.of("50033", "90006", "90012", "90024", "90033", "90090", "40010");

    /** The numbers of too many requests of the tenant, or too many equal requests. Both last for minutes. */
    private static final Set<String> THROTTLING_NUMBERS = Set.of("90055", "50196");

    private static final Duration THROTTLED_FOR = Duration.ofMinutes(5);

    private TokenErrors() {}

    /**
     * Creates the error of a token that cannot be obtained or used.
     *
     * @param text the failure and the remedy
     * @return the error
     */
    public static AuthenticationException unusable(String text) {
        return new AuthenticationException(text, ErrorContext.NONE, null);
    }

    /**
     * Creates the error of a token that cannot be obtained or used.
     *
     * @param text the failure and the remedy
     * @param cause the cause
     * @return the error
     */
    public static AuthenticationException unusable(String text, Throwable cause) {
        return new AuthenticationException(text, ErrorContext.NONE, cause);
    }

    /**
     * Creates the error of a response that is not one of a token endpoint.
     *
     * @param what the difference to a response of a token endpoint
     * @param status the HTTP status, 0 if it is unknown
     * @param authority the authority's host, or null
     * @return the error
     */
    public static DecodeException notAnAuthority(String what, int status, @Nullable String authority) {
        String from = authority == null ? "The authority" : authority;
        return new DecodeException(
                from + " does not respond like a token endpoint: " + what
                        + ". Check the authority's address and whether a proxy or a login page responds instead",
                "$",
                0,
                new ErrorContext(null, status, null, null, 1),
                null);
    }

    /**
     * Creates the error of a response that rejects the request.
     *
     * @param head the head of the response
     * @param members the members of its body, or null if that is not a JSON object
     * @param authority the authority's host
     * @param redaction removes what was sent from the text of the response
     * @param now the current time
     * @return the error
     */
    public static DefenderException refused(
            ResponseHead head,
            @Nullable Map<String, Object> members,
            String authority,
            Redaction redaction,
            Instant now) {
        Map<String, Object> body = members == null ? Map.of() : members;
        String error = redaction.id(text(body.get("error")));
        String description = text(body.get("error_description"));
        String number = number(body, description);
        String code = number == null ? error : "AADSTS" + number;
        String requestId = redaction.id(text(body.get("trace_id")));
        if (requestId == null) {
            requestId = redaction.id(head.header("x-ms-request-id"));
        }
        if (requestId == null) {
            requestId = redaction.id(text(body.get("correlation_id")));
        }
        ErrorContext context = new ErrorContext(null, head.status(), code, requestId, 1);
        Duration retryAfter = RetryAfter.of(head, now);
        boolean throttledByNumber = number != null && THROTTLING_NUMBERS.contains(number);
        if (head.status() == 429 || throttledByNumber) {
            return new ThrottledException(
                    "The authority " + authority + " throttles token requests",
                    retryAfter == null && throttledByNumber ? THROTTLED_FOR : retryAfter,
                    context);
        }
        if (head.status() >= 500
                || head.status() == 408
                || error != null && TRANSIENT.contains(error)
                || number != null && TRANSIENT_NUMBERS.contains(number)) {
            return new ServiceException(
                    "The authority " + authority + " cannot issue a token now", retryAfter, context);
        }
        if (error == null) {
            return new AuthenticationException(
                    "No token: " + authority + " does not respond like a token endpoint. Check the authority's address,"
                            + " the tenant, and whether a proxy responds instead",
                    context,
                    null);
        }
        return new AuthenticationException(
                describe("No token: the authority responded with", error, description, number, redaction),
                context,
                text(body.get("claims")),
                null);
    }

    /**
     * Creates the error of a sign-in that returned no code.
     *
     * @param error the protocol's code, or null
     * @param description the authority's description, or null
     * @return the error
     */
    public static AuthenticationException signInRefused(@Nullable String error, @Nullable String description) {
        return redirectError("No token: the sign-in ended with", error, description);
    }

    /**
     * Creates the error of a consent page that returned no consent.
     *
     * @param error the protocol's code, or null
     * @param description the authority's description, or null
     * @return the error
     */
    public static AuthenticationException notConsented(@Nullable String error, @Nullable String description) {
        return redirectError("No consent: the page ended with", error, description);
    }

    private static AuthenticationException redirectError(
            String what, @Nullable String error, @Nullable String description) {
        if (error == null) {
            return unusable(what + " neither success nor an error");
        }
        String number = number(Map.of(), description);
        String code = String.valueOf(Redaction.NONE.id(error));
        return new AuthenticationException(
                describe(what, code, description, number, Redaction.NONE),
                new ErrorContext(null, 0, number == null ? code : "AADSTS" + number, null, 0),
                null);
    }

    private static String describe(
            String what, String error, @Nullable String description, @Nullable String number, Redaction redaction) {
        String shownDescription = description == null ? null : redaction.words(firstLine(description));
        return what + " " + error + (shownDescription == null ? "" : " (" + shownDescription + ")") + ". "
                + EntraErrorHints.on(error, number);
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

    /**
     * Returns the first line, which is enough to find the error in the documentation; the other lines repeat the ids
     * and the time.
     */
    private static String firstLine(String description) {
        return description.strip().lines().findFirst().orElse("");
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String string && !string.isEmpty() ? string : null;
    }
}
