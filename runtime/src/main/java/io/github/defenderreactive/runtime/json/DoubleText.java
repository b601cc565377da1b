package io.github.defenderreactive.runtime.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The fewest digits that read back as the same double, in a form JSON allows. */
final class DoubleText {

    /** Digits that every double can give back; texts up to here cannot be shortened. */
    static final int SAFE_DIGITS = 15;

    private static final double EXACT = 1L << 53;

    private DoubleText() {}

    static String format(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        String text = Double.toString(value);
        if (text.length() > SAFE_DIGITS || Math.abs(value) < Double.MIN_NORMAL) {
            text = shortened(value, text);
        }
        int zero = text.indexOf(".0E");
        return zero < 0 ? text : text.substring(0, zero) + text.substring(zero + 2);
    }

    /** Before JDK 19 {@link Double#toString(double)} is now and then a digit or two longer than needed. */
    private static String shortened(double value, String text) {
        String shortest = text;
        BigDecimal exact = new BigDecimal(value);
        int digits = new BigDecimal(text).stripTrailingZeros().precision();
        while (digits > 1) {
            BigDecimal shorter = exact.round(new MathContext(digits - 1, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != value) {
                break;
            }
            shorter = shorter.stripTrailingZeros();
            shortest = shorter.toString().replace("E+", "E");
            digits = shorter.precision();
        }
        return shortest;
    }
}
