package io.github.defenderreactive.runtime.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Formats doubles with the fewest digits that read back as the same double, in a form that JSON allows. */
final class DoubleText {

    /** Number of digits that every double preserves. Texts of up to this many digits cannot be shortened. */
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

    /**
     * Removes superfluous digits. Before JDK 19, {@link Double#toString(double)} sometimes has one or two digits too
     * many.
     */
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
