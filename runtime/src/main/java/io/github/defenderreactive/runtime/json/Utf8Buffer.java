package io.github.defenderreactive.runtime.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer that escapes JSON strings. */
final class Utf8Buffer {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private byte[] bytes;
    private int length;

    Utf8Buffer(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    void put(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /** Ensures space for at least {@code more} bytes at the end. {@link #advanceTo} sets the number of bytes used. */
    byte[] room(int more) {
        ensure(more);
        return bytes;
    }

    void advanceTo(int newLength) {
        length = newLength;
    }

    void ascii(String text) {
        int count = text.length();
        ensure(count);
        byte[] out = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            out[at++] = (byte) text.charAt(i);
        }
        length = at;
    }

    /** Appends a JSON string with its quotes. */
    void quoted(String text) {
        int count = text.length();
        ensure(count + 2);
        byte[] out = bytes;
        int at = length;
        out[at++] = '"';
        int i = 0;
        for (; i < count; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x80) {
                break;
            }
            out[at++] = (byte) c;
        }
        length = at;
        if (i < count) {
            escaped(text, i);
        }
        put('"');
    }

    private void escaped(String text, int from) {
        int count = text.length();
        for (int i = from; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += notAscii(text, i);
            } else if (c < ' ' || c == '"' || c == '\\') {
                escape(c);
            } else {
                put(c);
            }
        }
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> pair('"');
            case '\\' -> pair('\\');
            case '\b' -> pair('b');
            case '\f' -> pair('f');
            case '\n' -> pair('n');
            case '\r' -> pair('r');
            case '\t' -> pair('t');
            default -> unicode(c);
        }
    }

    private void pair(char c) {
        put('\\');
        put(c);
    }

    private void unicode(char c) {
        pair('u');
        ensure(4);
        bytes[length++] = HEX[c >> 12];
        bytes[length++] = HEX[(c >> 8) & 15];
        bytes[length++] = HEX[(c >> 4) & 15];
        bytes[length++] = HEX[c & 15];
    }

    /** Appends JSON text unchanged, except that a lone surrogate, which UTF-8 cannot represent, becomes its escape. */
    void text(String json) {
        int count = json.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            char c = json.charAt(i);
            if (c < 0x80) {
                put(c);
            } else {
                i += notAscii(json, i);
            }
        }
    }

    /** Encodes the character at the index and returns the number of further {@code char} values consumed. */
    private int notAscii(String text, int index) {
        char c = text.charAt(index);
        if (Character.isSurrogate(c)) {
            if (Character.isHighSurrogate(c)
                    && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                int point = Character.toCodePoint(c, text.charAt(index + 1));
                ensure(4);
                bytes[length++] = (byte) (0xF0 | (point >> 18));
                bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                bytes[length++] = (byte) (0x80 | (point & 0x3F));
                return 1;
            }
            unicode(c);
            return 0;
        }
        ensure(3);
        if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
        } else {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
        return 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) length + more;
        if (needed > MAX_LENGTH) {
            throw new IllegalStateException("JSON text exceeds " + MAX_LENGTH + " bytes");
        }
        long doubled = Math.min(2L * bytes.length, MAX_LENGTH);
        bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
}
