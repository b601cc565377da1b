package io.github.defenderreactive.runtime.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Scanner that finds the end of a number and keeps its digits and exponent, so that most values are computed without a
 * string.
 */
final class NumberScanner {

    /**
     * Maximum length of a number that is computed. Longer numbers are valid JSON, but the cost grows with the square of
     * their length.
     */
    private static final int LONGEST = 1000;

    private static final int LARGEST_EXPONENT = 999_999_999;
    private static final int LONG_DIGITS = 19;

    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** The first 19 significant digits. */
    private long mantissa;
    /** The number of significant digits. */
    private int digits;
    /** Power of ten of the last digit. */
    private int exponent;

    private boolean negative;
    private boolean integral;
    private boolean extreme;
    private @Nullable String problem;

    static boolean begins(int c) {
        return c == '-' || isDigit(c);
    }

    /**
     * Scans a number.
     *
     * @return index after the number, or the complement of the index of the first invalid byte; see {@link #problem()}
     */
    int scan(byte[] b, int from, int end) {
        negative = b[from] == '-';
        integral = true;
        mantissa = 0;
        digits = 0;
        int start = negative ? from + 1 : from;
        int p = digits(b, start, end);
        if (p == start) {
            return missingDigit(p, end);
        }
        if (b[start] == '0') {
            if (p - start > 1) {
                return wrong(start, "Leading zero");
            }
            digits = 0;
        }
        int scale = 0;
        if (p < end && b[p] == '.') {
            integral = false;
            start = p + 1;
            p = digits(b, start, end);
            scale = p - start;
            if (scale == 0) {
                return missingDigit(p, end);
            }
        }
        long power = 0;
        if (p < end && (b[p] | 0x20) == 'e') {
            integral = false;
            p++;
            boolean minus = p < end && b[p] == '-';
            if (minus || (p < end && b[p] == '+')) {
                p++;
            }
            start = p;
            while (p < end && isDigit(b[p])) {
                power = power > LARGEST_EXPONENT ? power : power * 10 + (b[p] - '0');
                p++;
            }
            if (p == start) {
                return missingDigit(p, end);
            }
            power = minus ? -power : power;
        }
        extreme = p - from > LONGEST || Math.abs(power) > LARGEST_EXPONENT;
        exponent = extreme ? 0 : (int) power - scale;
        return p;
    }

    /** Scans digits. Leading zeros are not significant. */
    private int digits(byte[] b, int from, int end) {
        long m = mantissa;
        int n = digits;
        int p = from;
        for (; p < end; p++) {
            int digit = b[p] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (n < LONG_DIGITS) {
                m = m * 10 + digit;
            }
            if (n > 0 || digit > 0) {
                n++;
            }
        }
        mantissa = m;
        digits = n;
        return p;
    }

    private int missingDigit(int at, int end) {
        return wrong(at, at == end ? null : "Expected a digit");
    }

    private int wrong(int at, @Nullable String text) {
        problem = text;
        return ~at;
    }

    /** Returns the problem with the number, or null if the number is not terminated. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Returns whether the number is too long, or its exponent too large, to be computed. */
    boolean isExtreme() {
        return extreme;
    }

    /** Returns whether the number is written as an integer and fits in 64 bits. */
    boolean isLong() {
        return integral
                && !extreme
                && (digits < LONG_DIGITS
                        || (digits == LONG_DIGITS && (mantissa >= 0 || (negative && mantissa == Long.MIN_VALUE))));
    }

    long longValue() {
        return negative ? -mantissa : mantissa;
    }

    /**
     * Returns whether one multiplication or division of exact operands gives the double, and the text of the double
     * gives the number.
     */
    private boolean isSimple() {
        return digits <= DoubleText.SAFE_DIGITS && exponent > -POWERS.length && exponent < POWERS.length;
    }

    double doubleValue(byte[] b, int from, int to) {
        if (!isSimple()) {
            return Double.parseDouble(EightBytes.ascii(b, from, to));
        }
        double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
        return negative ? -value : value;
    }

    /** Returns whether the text of the double gives the number that was scanned. */
    boolean isExact(double value, byte[] b, int from, int to) {
        return isSimple() || new BigDecimal(DoubleText.format(value)).compareTo(decimalValue(b, from, to)) == 0;
    }

    static BigDecimal decimalValue(byte[] b, int from, int to) {
        return new BigDecimal(EightBytes.ascii(b, from, to));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
