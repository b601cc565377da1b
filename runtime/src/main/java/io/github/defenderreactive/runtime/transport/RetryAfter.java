package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.internal.http.HttpDate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parser of the wait that a service, an authority or a storage requests, in all forms in use.
 *
 * <p>The longest of several waits is used, fractions of a second are rounded up, and a wait in the past is zero. Waits
 * are capped at a week, because a larger number is a mistake. Callers limit their waits further.
 *
 * @since 0.1.0
 */
public final class RetryAfter {

    /** Maximum wait: longer than any quota window of the service, and short enough to avoid overflows. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final String HEADER = "retry-after";

    /** Headers of gateways whose own clients prefer them to the standard header. */
    private static final List<String> MILLISECOND_HEADERS = List.of("retry-after-ms", "x-ms-retry-after-ms");

    private static final Pattern NUMBER = Pattern.compile(
            "(-?+)\\+?+(\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:\\s*+(?:seconds?|secs?|s))?+", Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_TEXT = Pattern.compile(
            "\\b(?:in|(?:again|retry) after)\\s++(?:about\\s++)?+"
                    + "(?:(\\d++(?:\\.\\d++)?+)\\s*+(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h)"
                    + "|(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.\\d++)?+)(?!\\w)",
            Pattern.CASE_INSENSITIVE);

    private static final long MILLIS_OF_SECOND = 1000;

    /** Maximum number of digits. More digits exceed a week in any unit. */
    private static final int MOST_DIGITS = 12;

    private RetryAfter() {}

    /**
     * Returns the wait that the headers of a response request. A date is compared with the {@code Date} of the same
     * response, because the local clock may differ from that of the peer.
     *
     * @param head the head of the response
     * @param now the current time, for a response without a date
     * @return the wait, or null if the response requests none
     */
    public static @Nullable Duration of(ResponseHead head, Instant now) {
        Duration longest = null;
        for (String value : head.headers(HEADER)) {
            longest = longer(longest, ofValue(value, present(head, now)));
        }
        for (String name : MILLISECOND_HEADERS) {
            for (String value : head.headers(name)) {
                Matcher number = NUMBER.matcher(value.strip());
                longest = number.matches() ? longer(longest, wait(number, 1)) : longest;
            }
        }
        return longest;
    }

    private static Instant present(ResponseHead head, Instant local) {
        Instant dated = HttpDate.parse(head.header("date"), local);
        return dated == null ? local : dated;
    }

    /**
     * Returns the wait of a {@code Retry-After} header: a number of seconds, an HTTP date, or a list of them.
     *
     * @param header the value of the header, or null if absent
     * @param clock the clock that a date is compared with
     * @return the wait, or null if the header is absent or invalid
     */
    public static @Nullable Duration ofHeader(@Nullable String header, Clock clock) {
        return header == null ? null : ofValue(header, clock.instant());
    }

    /**
     * Returns the wait in the message of a rejection, such as {@code You can send requests again in 8 seconds.}
     *
     * @param message the message, or null if absent
     * @return the wait, or null if the message contains none
     */
    public static @Nullable Duration ofMessage(@Nullable String message) {
        Duration longest = null;
        if (message != null) {
            Matcher matcher = IN_TEXT.matcher(message);
            while (matcher.find()) {
                longest = longer(
                        longest,
                        matcher.group(1) == null ? ofClock(matcher) : wait(matcher.group(1), unit(matcher.group(2))));
            }
        }
        return longest;
    }

    /**
     * Returns the longest wait of a list. Values that are neither a date nor a number are skipped, because others may
     * be valid.
     */
    private static @Nullable Duration ofValue(String header, Instant now) {
        Duration longest = null;
        HttpDate.Scanner dates = new HttpDate.Scanner(header, now);
        int at = 0;
        while (at < header.length()) {
            Instant date = dates.at(at);
            int end = header.indexOf(',', date == null ? at : dates.end());
            end = end < 0 ? header.length() : end;
            Matcher number = NUMBER.matcher(header.substring(at, end).strip());
            if (date != null) {
                longest = longer(longest, bounded(Duration.between(now, date)));
            } else if (number.matches()) {
                longest = longer(longest, wait(number, MILLIS_OF_SECOND));
            }
            at = end + 1;
        }
        return longest;
    }

    private static Duration wait(Matcher number, long millisOfUnit) {
        return number.group(1).isEmpty() ? wait(number.group(2), millisOfUnit) : Duration.ZERO;
    }

    /** Returns the wait rounded up to seconds, because a request sent slightly too early is rejected again. */
    private static Duration wait(String amount, long millisOfUnit) {
        int point = amount.indexOf('.');
        if ((point < 0 ? amount.length() : point) > MOST_DIGITS) {
            return LONGEST;
        }
        long seconds = new BigDecimal(amount.length() > 2 * MOST_DIGITS ? amount.substring(0, 2 * MOST_DIGITS) : amount)
                .multiply(BigDecimal.valueOf(millisOfUnit))
                .divide(BigDecimal.valueOf(MILLIS_OF_SECOND), 0, RoundingMode.CEILING)
                .longValue();
        return bounded(Duration.ofSeconds(seconds));
    }

    private static long unit(String name) {
        String unit = name.toLowerCase(Locale.ROOT);
        if (unit.startsWith("ms") || unit.startsWith("milli")) {
            return 1;
        }
        return switch (unit.charAt(0)) {
            case 'h' -> Duration.ofHours(1).toMillis();
            case 'm' -> Duration.ofMinutes(1).toMillis();
            default -> MILLIS_OF_SECOND;
        };
    }

    private static Duration ofClock(Matcher time) {
        return Duration.ofHours(Long.parseLong(time.group(3)))
                .plusMinutes(Long.parseLong(time.group(4)))
                .plusSeconds(Long.parseLong(time.group(5)));
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        return one == null || other != null && one.compareTo(other) < 0 ? other : one;
    }
}
