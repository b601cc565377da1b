package io.github.defenderreactive.runtime.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parser of dates in HTTP headers (RFC 9110, section 5.6.7): {@code Sun, 06 Nov 1994 08:49:37 GMT}, and the two
 * obsolete forms {@code Sunday, 06-Nov-94 08:49:37 GMT} and {@code Sun Nov  6 08:49:37 1994}. The day of the week is
 * ignored, because the date determines it.
 *
 * @since 0.1.0
 */
public final class HttpDate {

    private static final String WEEKDAY = "\\s*+(?:[A-Za-z]{3,9}\\s*+,?\\s*+)?+";
    private static final String TIME = "(\\d{1,2}):(\\d{2}):(\\d{2})";

    /** The preferred form and the one with hyphens. */
    private static final Pattern DAY_FIRST = Pattern.compile(
            WEEKDAY + "(\\d{1,2})[- ]([A-Za-z]{3})[- ](\\d{4}|\\d{2})\\s++" + TIME
                    + "\\s*+(?:GMT|UTC|UT|Z|([+-])(\\d{2}):?(\\d{2}))?+(?!\\w)",
            Pattern.CASE_INSENSITIVE);

    /** The form of the C function {@code asctime}. */
    private static final Pattern MONTH_FIRST = Pattern.compile(
            "\\s*+(?:[A-Za-z]{3,9}\\s++)?([A-Za-z]{3})\\s++(\\d{1,2})\\s++" + TIME + "\\s++(\\d{4})(?!\\w)");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final int LEAP_SECOND = 60;
    private static final int CENTURY = 100;
    private static final int YEARS_AHEAD = 50;

    private HttpDate() {}

    /**
     * Parses a date.
     *
     * @param text the value of a header, or null if absent
     * @param now the current time, for years of two digits: a date more than 50 years ahead is in the previous century
     * @return the date, or null if the text is not a date
     */
    public static @Nullable Instant parse(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        Scanner scanner = new Scanner(text.strip(), now);
        Instant read = scanner.at(0);
        return scanner.end() == scanner.length ? read : null;
    }

    private static @Nullable Instant dayFirst(Matcher date, Instant now) {
        String year = date.group(3);
        return year.length() == 2 ? nearest(Integer.parseInt(year), date, now) : dayFirst(Integer.parseInt(year), date);
    }

    /** Returns the latest date with these last two digits of its year that is at most 50 years ahead. */
    private static @Nullable Instant nearest(int lastDigits, Matcher date, Instant now) {
        OffsetDateTime present = now.atOffset(ZoneOffset.UTC);
        Instant latest = present.plusYears(YEARS_AHEAD).toInstant();
        int year = present.getYear() - Math.floorMod(present.getYear(), CENTURY) + lastDigits + CENTURY;
        Instant read = dayFirst(year, date);
        for (int centuries = 0; centuries < 2 && (read == null || read.isAfter(latest)); centuries++) {
            year -= CENTURY;
            read = dayFirst(year, date);
        }
        return read;
    }

    private static @Nullable Instant dayFirst(int year, Matcher date) {
        Instant read = instant(year, date, 2, 1, 4);
        String sign = date.group(7);
        if (read == null || sign == null) {
            return read;
        }
        int minutes = 60 * Integer.parseInt(date.group(8)) + Integer.parseInt(date.group(9));
        return read.minus(Duration.ofMinutes(sign.equals("-") ? -minutes : minutes));
    }

    private static @Nullable Instant monthFirst(Matcher date) {
        return instant(Integer.parseInt(date.group(6)), date, 1, 2, 3);
    }

    private static @Nullable Instant instant(int year, Matcher date, int month, int day, int time) {
        int second = Integer.parseInt(date.group(time + 2));
        boolean leaps = second == LEAP_SECOND;
        try {
            return LocalDateTime.of(
                            year,
                            MONTHS.indexOf(date.group(month).toLowerCase(Locale.ROOT)) + 1,
                            Integer.parseInt(date.group(day)),
                            Integer.parseInt(date.group(time)),
                            Integer.parseInt(date.group(time + 1)),
                            leaps ? second - 1 : second)
                    .toInstant(ZoneOffset.UTC)
                    .plusSeconds(leaps ? 1 : 0);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /** Scanner for dates in a header that may contain other values. */
    public static final class Scanner {

        private final int length;
        private final Instant now;
        private final Matcher dayFirst;
        private final Matcher monthFirst;
        private int end;

        public Scanner(String text, Instant now) {
            this.length = text.length();
            this.now = now;
            this.dayFirst = DAY_FIRST.matcher(text);
            this.monthFirst = MONTH_FIRST.matcher(text);
        }

        /** Returns the date at an index, after optional blanks; null if there is none. */
        public @Nullable Instant at(int index) {
            if (dayFirst.region(index, length).lookingAt()) {
                end = dayFirst.end();
                return dayFirst(dayFirst, now);
            }
            if (monthFirst.region(index, length).lookingAt()) {
                end = monthFirst.end();
                return monthFirst(monthFirst);
            }
            return null;
        }

        /** Returns the end index of the last date found. */
        public int end() {
            return end;
        }
    }
}
