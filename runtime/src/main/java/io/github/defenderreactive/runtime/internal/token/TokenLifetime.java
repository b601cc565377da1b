package io.github.defenderreactive.runtime.internal.token;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.claims.AccessTokenClaims;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the expiry of a token from a token response, in any of its forms. */
final class TokenLifetime {

    /** The lifetime of a token without a stated expiry. */
    static final Duration UNSTATED = Duration.ofMinutes(5);

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** A larger number is in milliseconds: as seconds it would be after the year 5000. */
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    /** The dates of ISO 8601 and of older endpoints of App Service. */
    private static final List<DateTimeFormatter> DATES = List.of(
            format("yyyy-MM-dd['T'][ ]HH:mm:ss", ""), format("M/d/yyyy h:mm:ss", " a"), format("M/d/yyyy H:mm:ss", ""));

    private TokenLifetime() {}

    private static DateTimeFormatter format(String pattern, String halfOfDay) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .appendPattern(halfOfDay + "[ ][XXX][XX][X]")
                .toFormatter(Locale.US);
    }

    /**
     * Returns the expiry of a token.
     *
     * @param members the token response
     * @param token the token, whose claims are read if the response does not state the expiry
     * @param requestedAt the time of the request, from which a lifetime is measured
     * @return the expiry, or null if it is not stated in a known form
     */
    static @Nullable Instant expiry(Map<String, Object> members, AccessToken token, Instant requestedAt) {
        Long seconds = TokenResponse.number(members.get("expires_in"));
        if (seconds != null) {
            return TokenResponse.after(requestedAt, seconds);
        }
        Instant stated = time(members.get("expires_on"));
        if (stated != null) {
            return stated;
        }
        Instant claimed = AccessTokenClaims.ifReadable(token)
                .map(claims -> time(claims.claim("exp")))
                .orElse(null);
        if (claimed != null) {
            return claimed;
        }
        return isStated(members, "expires_in") || isStated(members, "expires_on") ? null : requestedAt.plus(UNSTATED);
    }

    private static boolean isStated(Map<String, Object> members, String name) {
        Object value = members.get(name);
        return value != null && !(value instanceof String text && text.isBlank());
    }

    /** Returns a time given as seconds or milliseconds since 1970, or as a date. */
    private static @Nullable Instant time(@Nullable Object value) {
        Long number = TokenResponse.number(value);
        if (number != null) {
            long seconds = number >= MILLISECONDS_FROM ? number / 1000 : number;
            return Instant.ofEpochSecond(Math.min(Math.max(seconds, 0), LATEST));
        }
        if (value instanceof String text) {
            for (DateTimeFormatter format : DATES) {
                Instant date = date(format, text.strip());
                if (date != null) {
                    return date;
                }
            }
        }
        return null;
    }

    /** Reads a date. Without an offset it is in UTC. */
    private static @Nullable Instant date(DateTimeFormatter format, String text) {
        try {
            TemporalAccessor read = format.parseBest(text, Instant::from, LocalDateTime::from);
            return read instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(read);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
