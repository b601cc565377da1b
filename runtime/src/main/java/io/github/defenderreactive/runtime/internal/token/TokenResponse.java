package io.github.defenderreactive.runtime.internal.token;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.authority.AuthorityBody;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads responses of token endpoints, independently of their content type. */
public final class TokenResponse {

    private static final long LONGEST_SECONDS = Duration.ofDays(36_500).toSeconds();

    private TokenResponse() {}

    /**
     * Returns the tokens of a response.
     *
     * @param head the head of the response
     * @param body its body
     * @param requestedAt the time of the request, from which a lifetime is measured
     * @param authority the authority's host
     * @param redaction removes what was sent from the text of the response
     * @return the tokens
     * @throws DefenderException if the response contains no tokens
     */
    public static IssuedTokens read(
            ResponseHead head, String body, Instant requestedAt, String authority, Redaction redaction) {
        Map<String, Object> members = AuthorityBody.members(body);
        // some authorities and gateways respond to a rejected request with status 200
        if (head.status() != 200 || members != null && isRefusal(members)) {
            throw TokenErrors.refused(head, members, authority, redaction, requestedAt);
        }
        if (members == null) {
            throw TokenErrors.notAnAuthority("its response is not JSON", head.status(), authority);
        }
        if (!(members.get("access_token") instanceof String value) || value.isBlank()) {
            throw TokenErrors.notAnAuthority("its response contains no access_token", head.status(), authority);
        }
        requireBearer(members.get("token_type"), authority, redaction);
        AccessToken undated = token(value, head, authority);
        Instant expiresAt = TokenLifetime.expiry(members, undated, requestedAt);
        if (expiresAt == null) {
            throw TokenErrors.notAnAuthority(
                    "its response does not state the expiry of the token in a known form", head.status(), authority);
        }
        Long refreshIn = number(members.get("refresh_in"));
        AccessToken access = refreshIn == null || refreshIn <= 0
                ? AccessToken.of(value, expiresAt)
                : AccessToken.of(value, expiresAt, after(requestedAt, refreshIn));
        Object refresh = members.get("refresh_token");
        return new IssuedTokens(access, refresh instanceof String text && !text.isBlank() ? text.strip() : null);
    }

    private static boolean isRefusal(Map<String, Object> members) {
        return members.get("error") instanceof String error && !error.isBlank();
    }

    private static AccessToken token(String value, ResponseHead head, String authority) {
        try {
            return AccessToken.of(value, Instant.MAX);
        } catch (IllegalArgumentException e) {
            throw TokenErrors.notAnAuthority(
                    "its access_token contains characters that are not valid in a header", head.status(), authority);
        }
    }

    private static void requireBearer(@Nullable Object type, String authority, Redaction redaction) {
        if (type != null && !(type instanceof String text && isBearer(text))) {
            throw TokenErrors.unusable("No token: " + authority + " issued one of the type "
                    + redaction.id(String.valueOf(type))
                    + ", but only Bearer tokens can be used. Check how the application is registered");
        }
    }

    private static boolean isBearer(String type) {
        return type.isBlank() || type.strip().equalsIgnoreCase("Bearer");
    }

    /** Adds seconds to a time, at most a century. */
    static Instant after(Instant requestedAt, long seconds) {
        return requestedAt.plusSeconds(Math.min(Math.max(seconds, -LONGEST_SECONDS), LONGEST_SECONDS));
    }

    /**
     * Reads a number, or a number in a string. Decimals are truncated.
     *
     * @param value the member of a response
     * @return the number, or null if the value is not a number
     */
    public static @Nullable Long number(@Nullable Object value) {
        if (!(value instanceof Number || value instanceof String)) {
            return null;
        }
        if (value instanceof Double number && number.isInfinite()) {
            return number.longValue();
        }
        try {
            BigDecimal number = new BigDecimal(value.toString().strip());
            if (number.precision() - number.scale() > 18) {
                return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            return number.longValue();
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
