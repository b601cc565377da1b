package io.github.defenderreactive.runtime.operation;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding that the service accepts everywhere: a blank is {@code %20}, never a plus, and the colon of times
 * and IPv6 addresses is kept.
 */
final class PercentEncoding {

    private static final String KEPT = "-._~:";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    static String encode(String text) {
        return encode(text, KEPT);
    }

    /** Keeps the dollar sign of {@code $filter} readable; the service accepts both forms. */
    static String encodeName(String text) {
        return encode(text, KEPT + "$");
    }

    private static String encode(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isLetterOrDigit(c) || kept.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
