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

/** Finds the end of a token in a token response, in any of its forms. */
final class TokenLifetime {

    /** The lifetime of a token whose end is not stated. */
    static final Duration UNSTATED = Duration.ofMinutes(5);

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** More seconds than that are milliseconds: as seconds they lie beyond the year 5000. */
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    /** The date of ISO 8601 and those that older endpoints of App Service write. */
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
     * Returns the end of a token.
     *
     * @param members the token response
     * @param token its claims are read if the response does not state the end
     * @param asked when the request was made; lifetimes count from it
     * @return the end, or null when it is stated in no form that can be read
     */
    static @Nullable Instant end(Map<String, Object> members, AccessToken token, Instant asked) {
        Long seconds = TokenResponse.number(members.get("expires_in"));
        if (seconds != null) {
            return TokenResponse.after(asked, seconds);
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
        return isStated(members, "expires_in") || isStated(members, "expires_on") ? null : asked.plus(UNSTATED);
    }

    private static boolean isStated(Map<String, Object> members, String name) {
        Object value = members.get(name);
        return value != null && !(value instanceof String text && text.isBlank());
    }

    /** A time as seconds or milliseconds since 1970, or as a date. */
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

    /** Reads a date; without an offset it is in UTC. */
    private static @Nullable Instant date(DateTimeFormatter format, String text) {
        try {
            TemporalAccessor read = format.parseBest(text, Instant::from, LocalDateTime::from);
            return read instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(read);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
