package io.github.defenderreactive.runtime.internal.http;

import java.nio.charset.StandardCharsets;

/**
 * Encoding of links that are only partly percent-encoded. Existing escapes are kept unchanged, and only characters that
 * are not valid in an HTTP request are encoded, so that a signature over the link stays valid.
 *
 * @since 0.1.0
 */
public final class PercentEncoded {

    private static final String NOT_IN_A_QUERY = "\"<>\\^`{|}";
    private static final String NOT_IN_A_PATH = NOT_IN_A_QUERY + "[]";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoded() {}

    /**
     * Encodes the characters that are not valid in a path: blanks and control characters, quotation marks, brackets, a
     * percent sign that does not begin an escape, and all characters beyond ASCII.
     *
     * @param text a path, encoded or not
     * @return the path, encoded
     */
    public static String path(String text) {
        return encode(text, NOT_IN_A_PATH);
    }

    /**
     * Encodes the characters that are not valid in a query: the same as for a path, except square brackets.
     *
     * @param text a query, encoded or not, with or without its question mark
     * @return the query, encoded
     */
    public static String query(String text) {
        return encode(text, NOT_IN_A_QUERY);
    }

    /**
     * Decodes escapes as UTF-8. Other text is unchanged.
     *
     * @param text the text
     * @return the text without escapes
     */
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++, length++) {
            boolean escape =
                    bytes[i] == '%' && i + 2 < bytes.length && hex(bytes[i + 1]) >= 0 && hex(bytes[i + 2]) >= 0;
            bytes[length] = escape ? (byte) (hex(bytes[i + 1]) << 4 | hex(bytes[i + 2])) : bytes[i];
            i += escape ? 2 : 0;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static String encode(String text, String forbidden) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c <= ' ' || c >= 0x7F || forbidden.indexOf(c) >= 0 || c == '%' && !isEscape(text, i)) {
                escape(c, out);
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static void escape(int codePoint, StringBuilder out) {
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
        }
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length() && hex(text.charAt(at + 1)) >= 0 && hex(text.charAt(at + 2)) >= 0;
    }

    /**
     * Returns the value of a hexadecimal digit. Digits beyond ASCII are not accepted, because servers do not accept
     * them.
     */
    private static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
