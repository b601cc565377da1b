package io.github.defenderreactive.runtime.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Parser and formatter of times in the form of the service.
 *
 * <p>The canonical form is {@code yyyy-MM-ddTHH:mm:ss[.fffffffff]Z} with one to nine fraction digits of which the last
 * is not zero. The parser also accepts: a lower-case {@code t} or {@code z}, a blank instead of {@code T}, an offset
 * ({@code +hh}, {@code +hhmm}, {@code +hh:mm}), no zone (UTC), no seconds, a date alone (midnight UTC), more than nine
 * fraction digits (cut to nanoseconds).
 */
final class InstantText {

    /** Length of the longest canonical text of a year from 0 to 9999. */
    static final int LONGEST = 30;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int FRACTION = 20;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** The text {@code 0000-00-}. Exclusive or with it leaves the digits, and zero for each dash. */
    private static final long DATE = 0x2D30302D30303030L;
    /** Added to the result, sets the high bit of a byte that was not a digit or not a dash. */
    private static final long DATE_DIGITS = 0x7F76767F76767676L;

    private static final int NANO_DIGITS = 9;
    private static final long MIN_SECOND = epochDay(0, 1, 1) * SECONDS_PER_DAY;
    private static final long MAX_SECOND = epochDay(9999, 12, 31) * SECONDS_PER_DAY + SECONDS_PER_DAY - 1;

    private InstantText() {}

    /** Returns the time, or null if the bytes are not a time. */
    static @Nullable Instant parse(byte[] b, int from, int to) {
        int length = to - from;
        if (length < 10) {
            return null;
        }
        long date = EightBytes.at(b, from) ^ DATE;
        int day = two(b, from + 8);
        if ((((date + DATE_DIGITS) | date) & HIGH_BITS) != 0 || day < 1) {
            return null;
        }
        int year = (int) (date & 15) * 1000
                + (int) (date >>> 8 & 15) * 100
                + (int) (date >>> 16 & 15) * 10
                + (int) (date >>> 24 & 15);
        int month = (int) (date >>> 40 & 15) * 10 + (int) (date >>> 48 & 15);
        if (month < 1 || month > 12 || (day > 28 && day > daysOf(year, month))) {
            return null;
        }
        long midnight = epochDay(year, month, day) * SECONDS_PER_DAY;
        if (length == 10) {
            return Instant.ofEpochSecond(midnight);
        }
        int separator = b[from + 10];
        if (length < 16 || (separator != 'T' && separator != 't' && separator != ' ') || b[from + 13] != ':') {
            return null;
        }
        int hour = two(b, from + 11);
        int minute = two(b, from + 14);
        int second = 0;
        int nanos = 0;
        int at = from + 16;
        if (at < to && b[at] == ':') {
            if (to - at < 3) {
                return null;
            }
            second = two(b, at + 1);
            at += 3;
            if (at < to && b[at] == '.') {
                int start = ++at;
                int digits = 0;
                for (; at < to && isDigit(b[at]); at++) {
                    if (digits < NANO_DIGITS) {
                        nanos = nanos * 10 + (b[at] - '0');
                        digits++;
                    }
                }
                if (at == start) {
                    return null;
                }
                for (; digits < NANO_DIGITS; digits++) {
                    nanos *= 10;
                }
            }
        }
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long seconds = midnight + (hour * 3600L + minute * 60L + second);
        if (at == to) {
            return Instant.ofEpochSecond(seconds, nanos);
        }
        if (b[at] == 'Z' || b[at] == 'z') {
            return at + 1 == to ? Instant.ofEpochSecond(seconds, nanos) : null;
        }
        int offset = offset(b, at, to);
        return offset == Integer.MIN_VALUE ? null : Instant.ofEpochSecond(seconds - offset, nanos);
    }

    /** Returns whether bytes that {@link #parse} accepts equal the output of {@link #write}. */
    static boolean isCanonical(byte[] b, int from, int to) {
        int length = to - from;
        return length >= FRACTION
                && b[from + 10] == 'T'
                && b[to - 1] == 'Z'
                && (length == FRACTION || (length <= LONGEST && b[from + FRACTION - 1] == '.' && b[to - 2] != '0'));
    }

    static String format(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < MIN_SECOND || second > MAX_SECOND) {
            return instant.toString();
        }
        byte[] text = new byte[LONGEST];
        return new String(text, 0, write(instant, text, 0), StandardCharsets.ISO_8859_1);
    }

    /** Returns whether the year has four digits, which {@link #write} requires. */
    static boolean isWritable(Instant instant) {
        return instant.getEpochSecond() >= MIN_SECOND && instant.getEpochSecond() <= MAX_SECOND;
    }

    /** Writes at most {@link #LONGEST} bytes and returns the index after them. */
    static int write(Instant instant, byte[] b, int from) {
        long second = instant.getEpochSecond();
        int ofDay = (int) Math.floorMod(second, (long) SECONDS_PER_DAY);
        // Days to civil date, with the year beginning in March so that the leap day comes last.
        long day = Math.floorDiv(second, (long) SECONDS_PER_DAY) + 719_468;
        long era = Math.floorDiv(day, 146_097L);
        int dayOfEra = (int) (day - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        put2(b, from, year / 100);
        put2(b, from + 2, year % 100);
        b[from + 4] = '-';
        put2(b, from + 5, month);
        b[from + 7] = '-';
        put2(b, from + 8, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
        b[from + 10] = 'T';
        put2(b, from + 11, ofDay / 3600);
        b[from + 13] = ':';
        put2(b, from + 14, ofDay / 60 % 60);
        b[from + 16] = ':';
        put2(b, from + 17, ofDay % 60);
        int at = from + 19;
        int fraction = instant.getNano();
        if (fraction != 0) {
            b[at] = '.';
            for (int i = NANO_DIGITS; i > 0; i--) {
                b[at + i] = (byte) ('0' + fraction % 10);
                fraction /= 10;
            }
            at += 1 + NANO_DIGITS;
            while (b[at - 1] == '0') {
                at--;
            }
        }
        b[at] = 'Z';
        return at + 1;
    }

    private static int offset(byte[] b, int from, int to) {
        int length = to - from;
        boolean colon = length == 6 && b[from + 3] == ':';
        if ((b[from] != '+' && b[from] != '-') || !(length == 3 || length == 5 || colon)) {
            return Integer.MIN_VALUE;
        }
        int hours = two(b, from + 1);
        int minutes = length == 3 ? 0 : two(b, to - 2);
        if ((hours | minutes) < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return b[from] == '-' ? -seconds : seconds;
    }

    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int daysOf(int year, int month) {
        if (month == 2) {
            return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Returns two digits as a number, negative if one is not a digit. */
    private static int two(byte[] b, int index) {
        int tens = b[index] - '0';
        int ones = b[index + 1] - '0';
        return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
    }

    private static void put2(byte[] b, int index, int value) {
        b[index] = (byte) ('0' + value / 10);
        b[index + 1] = (byte) ('0' + value % 10);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
