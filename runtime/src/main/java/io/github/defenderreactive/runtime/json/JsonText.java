package io.github.defenderreactive.runtime.json;

import java.nio.charset.StandardCharsets;

/** Conversions of JSON text that was validated before. */
final class JsonText {

    private JsonText() {}

    /** Returns the text between the quotes of a string. */
    static String unescape(byte[] b, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            if (at <= to - Long.BYTES) {
                long word = EightBytes.at(b, at);
                long marks = EightBytes.special(word);
                EightBytes.put(out, length, word);
                int plain = marks == 0 ? Long.BYTES : EightBytes.first(marks);
                length += plain;
                at += plain;
                if (marks == 0) {
                    continue;
                }
            }
            int c = b[at++];
            if (c == '\\') {
                c = b[at++];
                if (c == 'u') {
                    return unescapeWide(b, from, to);
                }
                c = escaped(c);
            } else if (c < 0) {
                return unescapeWide(b, from, to);
            }
            out[length++] = (byte) c;
        }
        return EightBytes.ascii(out, 0, length);
    }

    private static String unescapeWide(byte[] b, int from, int to) {
        char[] out = new char[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            int c = b[at++];
            if (c == '\\') {
                c = b[at++];
                if (c == 'u') {
                    out[length++] = (char) hex4(b, at);
                    at += 4;
                } else {
                    out[length++] = escaped(c);
                }
            } else if (c >= 0) {
                out[length++] = (char) c;
            } else if (c < (byte) 0xE0) {
                out[length++] = (char) (((c & 0x1F) << 6) | (b[at++] & 0x3F));
            } else if (c < (byte) 0xF0) {
                out[length++] = (char) (((c & 0x0F) << 12) | ((b[at] & 0x3F) << 6) | (b[at + 1] & 0x3F));
                at += 2;
            } else {
                int point =
                        ((c & 0x07) << 18) | ((b[at] & 0x3F) << 12) | ((b[at + 1] & 0x3F) << 6) | (b[at + 2] & 0x3F);
                at += 3;
                out[length++] = Character.highSurrogate(point);
                out[length++] = Character.lowSurrogate(point);
            }
        }
        return new String(out, 0, length);
    }

    /**
     * Returns the value without white space. Strings have the form that {@link JsonWriter} writes, numbers are
     * unchanged.
     */
    static String minified(byte[] b, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            byte c = b[i];
            if (c <= ' ' || c == '\\') {
                if (c >= 0) {
                    return rewritten(b, from, to);
                }
                ascii = false;
            }
        }
        return new String(b, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static String rewritten(byte[] b, int from, int to) {
        Utf8Buffer out = new Utf8Buffer(to - from);
        int at = from;
        while (at < to) {
            byte c = b[at];
            if (c == '"') {
                int end = at + 1;
                boolean escapes = false;
                for (; b[end] != '"'; end++) {
                    if (b[end] == '\\') {
                        escapes = true;
                        end++;
                    }
                }
                if (escapes) {
                    out.quoted(unescape(b, at + 1, end));
                } else {
                    out.put(b, at, end + 1);
                }
                at = end + 1;
            } else {
                if (c > ' ') {
                    out.put((char) c);
                }
                at++;
            }
        }
        return out.toString();
    }

    /** Returns JSON text as bytes. A lone surrogate inside a string becomes its escape. */
    static byte[] utf8(String json) {
        for (int i = 0; i < json.length(); i++) {
            if (Character.isSurrogate(json.charAt(i))) {
                Utf8Buffer out = new Utf8Buffer(json.length() + 16);
                out.text(json);
                return out.toByteArray();
            }
        }
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns four hexadecimal digits as a number, negative if one is not a digit. */
    static int hex4(byte[] b, int at) {
        return (hex(b[at]) << 12) | (hex(b[at + 1]) << 8) | (hex(b[at + 2]) << 4) | hex(b[at + 3]);
    }

    static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static char escaped(int c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) c;
        };
    }

    /** Returns the length of the character that begins with a byte above 127, or 0 if no character begins with it. */
    static int length(int lead) {
        int c = lead & 0xFF;
        if (c < 0xC2 || c > 0xF4) {
            return 0;
        }
        return c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }

    /**
     * Returns whether the bytes are one valid character: not overlong, not a surrogate, not beyond the last code point.
     */
    static boolean isCharacter(byte[] b, int at, int length) {
        for (int i = 1; i < length; i++) {
            if ((b[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        int second = b[at + 1] & 0xFF;
        return switch (b[at] & 0xFF) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }
}
