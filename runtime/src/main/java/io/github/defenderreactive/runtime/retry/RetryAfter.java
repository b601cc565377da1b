package io.github.defenderreactive.runtime.retry;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wait a service asks for, in the forms in which it does so.
 *
 * @since 0.1.0
 */
public final class RetryAfter {

    /** More than any quota window of the service; a larger figure is a mistake and must not overflow arithmetic. */
    private static final long MOST_SECONDS = Duration.ofDays(7).toSeconds();

    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");
    private static final Pattern IN_TEXT = Pattern.compile("\\bin (\\d{1,9}) seconds?\\b", Pattern.CASE_INSENSITIVE);

    private RetryAfter() {}

    /**
     * Reads a {@code Retry-After} header: a number of seconds, or an HTTP date.
     *
     * @param header the header's value, or null when there is none
     * @param clock what a date is compared with
     * @return the wait, zero for a date in the past, or null when the header is absent or means nothing
     */
    public static @Nullable Duration ofHeader(@Nullable String header, Clock clock) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return seconds(text);
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return capped(Math.max(
                    0, Duration.between(clock.instant(), until.toInstant()).toMillis()));
        } catch (DateTimeException | ArithmeticException notADate) {
            return null;
        }
    }

    /**
     * Reads the wait out of a refusal's text, as in {@code You can send requests again in 8 seconds.}
     *
     * @param message the text, or null when there is none
     * @return the wait, or null when the text names none
     */
    public static @Nullable Duration ofMessage(@Nullable String message) {
        if (message == null) {
            return null;
        }
        Matcher matcher = IN_TEXT.matcher(message);
        return matcher.find() ? seconds(matcher.group(1)) : null;
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(Math.min(Long.parseLong(digits), MOST_SECONDS));
    }

    private static Duration capped(long millis) {
        return Duration.ofMillis(Math.min(millis, MOST_SECONDS * 1000));
    }
}
