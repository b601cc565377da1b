package io.github.defenderreactive.client.cursor;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a cursor file. Each begins with a checksum, followed by {@code cursor TEXT}, {@code seen TIME ID} for an
 * acknowledged version, or {@code gone TIME ID} for a forgotten one. Characters of an id that a line cannot contain are
 * escaped, and the word is followed by an exclamation mark then.
 */
final class FileLines {

    /** More than the length of the longest escaped id: a file with a longer line is not a cursor file. */
    static final int LONGEST = 64 << 10;

    private static final int CHECKSUM = 8;
    private static final int HEX = 16;
    private static final int ESCAPE_DIGITS = 4;
    private static final String CURSOR = "cursor";
    private static final String SEEN = "seen";
    private static final String GONE = "gone";
    private static final String ESCAPED = "!";

    /** The content of a line. */
    sealed interface Line {

        /** The position of the watch. */
        record At(Cursor cursor) implements Line {}

        /** A version that is kept, or no longer kept. */
        record Version(SeenVersion seen, boolean gone) implements Line {}
    }

    private FileLines() {}

    static void cursor(StringBuilder out, Cursor cursor) {
        line(out, CURSOR + " " + cursor);
    }

    static void seen(StringBuilder out, SeenVersion version) {
        version(out, SEEN, version);
    }

    static void gone(StringBuilder out, SeenVersion version) {
        version(out, GONE, version);
    }

    private static void version(StringBuilder out, String word, SeenVersion version) {
        String id = version.id();
        boolean plain = id.codePoints().allMatch(FileLines::isPlain);
        line(out, word + (plain ? "" : ESCAPED) + " " + version.lastUpdateTime() + " " + (plain ? id : escape(id)));
    }

    /**
     * Returns whether a character needs no escape. Half of a surrogate pair needs one, because UTF-8 cannot encode it.
     */
    private static boolean isPlain(int codePoint) {
        return !Character.isISOControl(codePoint)
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    private static String escape(String id) {
        StringBuilder out = new StringBuilder(id.length() + ESCAPE_DIGITS);
        id.codePoints().forEach(codePoint -> {
            if (isPlain(codePoint) && codePoint != '\\') {
                out.appendCodePoint(codePoint);
            } else {
                out.append(String.format("\\u%04x", codePoint));
            }
        });
        return out.toString();
    }

    private static void line(StringBuilder out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.append(checksum(bytes, 0, bytes.length)).append(' ').append(text).append('\n');
    }

    /** Returns the text of a line, or null if its checksum does not match. */
    static @Nullable String text(byte[] bytes, int from, int to) {
        int begin = from + CHECKSUM + 1;
        if (begin > to) {
            return null;
        }
        String sum = new String(bytes, from, CHECKSUM, StandardCharsets.UTF_8);
        return sum.equals(checksum(bytes, begin, to - begin))
                ? new String(bytes, begin, to - begin, StandardCharsets.UTF_8)
                : null;
    }

    /**
     * Parses a line.
     *
     * @throws IllegalArgumentException if this release does not know the line
     */
    static Line parse(String text) {
        String[] parts = text.split(" ", 3);
        String word = parts[0];
        if (word.equals(CURSOR)) {
            return new Line.At(Cursor.parse(text.substring(CURSOR.length() + 1)));
        }
        boolean escaped = word.endsWith(ESCAPED);
        String kind = escaped ? word.substring(0, word.length() - 1) : word;
        if (parts.length != 3 || !(kind.equals(SEEN) || kind.equals(GONE))) {
            throw new IllegalArgumentException("a line begins with neither cursor, seen nor gone");
        }
        try {
            String id = escaped ? unescape(parts[2]) : parts[2];
            return new Line.Version(new SeenVersion(id, Instant.parse(parts[1])), kind.equals(GONE));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a line has no time", e);
        }
    }

    private static String unescape(String id) {
        StringBuilder out = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '\\') {
                int digits = i + 2;
                if (digits + ESCAPE_DIGITS > id.length()) {
                    throw new IllegalArgumentException("an escape is truncated");
                }
                out.append((char) Integer.parseInt(id, digits, digits + ESCAPE_DIGITS, HEX));
                i = digits + ESCAPE_DIGITS - 1;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String checksum(byte[] bytes, int from, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, length);
        return String.format("%08x", sum.getValue());
    }
}
