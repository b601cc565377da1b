package io.github.defenderreactive.runtime.auth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a token endpoint answers, whatever its content type says. */
final class TokenAnswer {

    private static final long LONGEST_SECONDS = Duration.ofDays(36_500).toSeconds();
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private TokenAnswer() {}

    /**
     * The tokens of an answer.
     *
     * @param asked when the request was made: lifetimes count from there
     * @throws DefenderException if it holds none
     */
    static IssuedTokens read(
            ResponseHead head, String body, Instant asked, String authority, TokenEndpoint.Hiding hide) {
        Map<String, Object> members = parse(body);
        if (head.status() != 200) {
            throw TokenErrors.refused(head, members, authority, hide, asked);
        }
        if (members == null) {
            throw TokenErrors.notAnAuthority("its answer is not JSON", head.status(), authority);
        }
        Object token = members.get("access_token");
        if (!(token instanceof String value) || value.isEmpty()) {
            throw TokenErrors.notAnAuthority("its answer holds no access_token", head.status(), authority);
        }
        Instant expiresAt = expiresAt(members, asked);
        if (expiresAt == null) {
            throw TokenErrors.notAnAuthority("its answer does not say when the token ends", head.status(), authority);
        }
        Long refreshIn = number(members.get("refresh_in"));
        AccessToken access = refreshIn == null || refreshIn <= 0
                ? AccessToken.of(value, expiresAt)
                : AccessToken.of(value, expiresAt, asked.plusSeconds(bounded(refreshIn)));
        Object refresh = members.get("refresh_token");
        return new IssuedTokens(access, refresh instanceof String text && !text.isEmpty() ? text : null);
    }

    static @Nullable Map<String, Object> parse(String body) {
        try {
            return JSONObjectUtils.parse(body);
        } catch (ParseException e) {
            // the cause may quote the body, which may hold a token
            return null;
        }
    }

    private static @Nullable Instant expiresAt(Map<String, Object> members, Instant asked) {
        Long seconds = number(members.get("expires_in"));
        if (seconds != null) {
            return asked.plusSeconds(bounded(seconds));
        }
        Long epochSecond = number(members.get("expires_on"));
        return epochSecond == null ? null : Instant.ofEpochSecond(Math.min(Math.max(epochSecond, 0), LATEST));
    }

    /** What no clock can count is as good as very long. */
    private static long bounded(long seconds) {
        return Math.min(Math.max(seconds, -LONGEST_SECONDS), LONGEST_SECONDS);
    }

    /** A number, or a number in a string: the older endpoint and the managed identities send those. */
    static @Nullable Long number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof String text) {
            try {
                return Long.valueOf(text.trim());
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }
}
