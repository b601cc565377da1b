package io.github.defenderreactive.runtime.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text as bytes, each with the range of original characters that it comes from. Decoding a level of percent-encoding,
 * JSON escapes and HTML entities gives another such text, so that a match in it can be removed from the original.
 */
public final class DecodedText {

    private static final Map<String, Character> ENTITIES =
            Map.of("amp", '&', "lt", '<', "gt", '>', "quot", '"', "apos", '\'');

    private static final int LONGEST_ENTITY = 9;

    private byte[] bytes;
    private int[] from;
    private int[] to;
    private int length;

    private DecodedText(int capacity) {
        bytes = new byte[capacity];
        from = new int[capacity];
        to = new int[capacity];
    }

    public static DecodedText of(String text) {
        DecodedText out = new DecodedText(text.length());
        for (int i = 0; i < text.length(); ) {
            int next = i + Character.charCount(text.codePointAt(i));
            out.add(text.codePointAt(i), i, next);
            i = next;
        }
        return out;
    }

    public int length() {
        return length;
    }

    public byte byteAt(int index) {
        return bytes[index];
    }

    /** Returns the index of the first character that a byte comes from. */
    public int from(int index) {
        return from[index];
    }

    /** Returns the index after the last character that a byte comes from. */
    public int to(int index) {
        return to[index];
    }

    /** Returns the text with one level of encodings removed, or null if it has none. */
    @Nullable
    public DecodedText decoded() {
        DecodedText out = new DecodedText(length);
        boolean changed = false;
        for (int i = 0; i < length; ) {
            int end = decode(i, out);
            changed |= end > i;
            if (end == i) {
                out.addByte(bytes[i], from[i], to[i]);
                end = i + 1;
            }
            i = end;
        }
        return changed ? out : null;
    }

    /** Decodes the escape at an index. Returns the index after it, or the same index if there is no escape. */
    private int decode(int at, DecodedText out) {
        return switch (bytes[at]) {
            case '%' -> percent(at, out);
            case '\\' -> escape(at, out);
            case '&' -> entity(at, out);
            default -> at;
        };
    }

    private int percent(int at, DecodedText out) {
        int value = hex(at + 1, 2);
        if (value < 0) {
            return at;
        }
        out.addByte((byte) value, from[at], to[at + 2]);
        return at + 3;
    }

    private int escape(int at, DecodedText out) {
        if (at + 1 >= length) {
            return at;
        }
        byte escaped = bytes[at + 1];
        int value = escaped == 'u' ? hex(at + 2, 4) : -1;
        if (value >= 0) {
            out.add(value, from[at], to[at + 5]);
            return at + 6;
        }
        if (escaped == '"' || escaped == '/' || escaped == '\\') {
            out.addByte(escaped, from[at], to[at + 1]);
            return at + 2;
        }
        return at;
    }

    private int entity(int at, DecodedText out) {
        int end = at + 1;
        while (end < length && bytes[end] != ';' && end - at <= LONGEST_ENTITY) {
            end++;
        }
        if (end >= length || bytes[end] != ';') {
            return at;
        }
        int character = character(new String(bytes, at + 1, end - at - 1, StandardCharsets.ISO_8859_1));
        if (character < 0) {
            return at;
        }
        out.add(character, from[at], to[end]);
        return end + 1;
    }

    private static int character(String entity) {
        if (!entity.startsWith("#")) {
            Character named = ENTITIES.get(entity.toLowerCase(Locale.ROOT));
            return named == null ? -1 : named;
        }
        boolean hexadecimal = entity.startsWith("x", 1) || entity.startsWith("X", 1);
        try {
            int number = Integer.parseInt(entity.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
            return Character.isValidCodePoint(number) ? number : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private int hex(int at, int digits) {
        if (at + digits > length) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void add(int codePoint, int start, int end) {
        for (byte one : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            addByte(one, start, end);
        }
    }

    private void addByte(byte one, int start, int end) {
        if (length == bytes.length) {
            int capacity = Math.max(16, 2 * length);
            bytes = Arrays.copyOf(bytes, capacity);
            from = Arrays.copyOf(from, capacity);
            to = Arrays.copyOf(to, capacity);
        }
        bytes[length] = one;
        from[length] = start;
        to[length] = end;
        length++;
    }
}
