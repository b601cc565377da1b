package io.github.defenderreactive.runtime.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a short text of the user, such as a secret, without the characters that editors, shells and secret stores add.
 *
 * @since 0.1.0
 */
public final class GivenText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The three bytes of a byte order mark in UTF-8, decoded as Latin-1. */
    private static final String MISREAD_MARK = "\u00EF\u00BB\u00BF";

    private GivenText() {}

    /**
     * Removes byte order marks and line ends around a text. Blanks are kept, because they may be part of a password.
     *
     * @param text the original text
     * @return the text without these characters
     */
    public static String of(String text) {
        return new String(of(text.toCharArray()));
    }

    /**
     * Removes byte order marks and line ends around a text that must be wiped after use.
     *
     * @param text the original text
     * @return a copy without these characters
     */
    public static char[] of(char[] text) {
        int begin = 0;
        int end = text.length;
        while (begin < end && isRemoved(text[begin])) {
            begin++;
        }
        if (end - begin >= MISREAD_MARK.length()
                && CharBuffer.wrap(text, begin, MISREAD_MARK.length()).compareTo(CharBuffer.wrap(MISREAD_MARK)) == 0) {
            begin += MISREAD_MARK.length();
        }
        while (end > begin && isRemoved(text[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(text, begin, end);
    }

    private static boolean isRemoved(char character) {
        return switch (character) {
            // characters without width are often copied from web pages
            case BYTE_ORDER_MARK, '\u200B', '\u2060' -> true;
            default -> isLineEnd(character);
        };
    }

    private static boolean isLineEnd(int character) {
        return switch (character) {
            case '\n', '\r', '\u000B', '\f', '\u0085', '\u2028', '\u2029' -> true;
            default -> false;
        };
    }

    /**
     * Reads the single line of a UTF-8 file with a secret.
     *
     * @param bytes the content of the file
     * @return the line, without a byte order mark and line ends
     * @throws FileProblem if the content is not one line of UTF-8
     */
    public static String line(byte[] bytes) throws FileProblem {
        refuseOtherUnicode(bytes);
        String text;
        try {
            text = of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new FileProblem("it is not UTF-8 text: save it as UTF-8");
        }
        if (text.isBlank()) {
            throw new FileProblem("it is empty");
        }
        if (text.indexOf('\0') >= 0) {
            throw new FileProblem("it is binary and not text");
        }
        if (text.chars().anyMatch(GivenText::isLineEnd)) {
            throw new FileProblem("it has " + text.lines().count() + " lines, but only one is expected");
        }
        return text;
    }

    /**
     * Rejects the encodings that some editors and shells write instead of UTF-8.
     *
     * @param bytes the content of a file
     * @throws FileProblem if the content is UTF-16 or UTF-32
     */
    public static void refuseOtherUnicode(byte[] bytes) throws FileProblem {
        String name = otherUnicode(bytes);
        if (name != null) {
            throw new FileProblem("it is " + name + " and not UTF-8: save it as UTF-8");
        }
    }

    private static @Nullable String otherUnicode(byte[] bytes) {
        int first = at(bytes, 0);
        int second = at(bytes, 1);
        boolean zerosFollow = at(bytes, 2) == 0 && at(bytes, 3) == 0;
        if (first == 0xFF && second == 0xFE) {
            return zerosFollow ? "UTF-32" : "UTF-16 (little-endian)";
        }
        if (first == 0xFE && second == 0xFF) {
            return "UTF-16 (big-endian)";
        }
        if (first == 0 && second == 0 && at(bytes, 2) == 0xFE && at(bytes, 3) == 0xFF) {
            return "UTF-32";
        }
        // without a mark, ASCII is recognised by the zero in each pair of bytes
        if (first > 0 && second == 0 && at(bytes, 2) > 0 && at(bytes, 3) == 0) {
            return "UTF-16 (little-endian)";
        }
        return first == 0 && second > 0 && at(bytes, 2) == 0 && at(bytes, 3) > 0 ? "UTF-16 (big-endian)" : null;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : -1;
    }
}
