package io.github.defenderreactive.runtime.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Operations on eight bytes at a time. */
final class EightBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';

    private EightBytes() {}

    /** Returns the eight bytes starting at the index, the first one lowest. */
    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static void put(byte[] bytes, int index, long word) {
        LONGS.set(bytes, index, word);
    }

    /** Returns fewer than eight bytes as one word, padded with zeros. Reads beyond them only within the array. */
    static long upTo7(byte[] bytes, int from, int length) {
        if (from <= bytes.length - Long.BYTES) {
            return at(bytes, from) & ((1L << (length << 3)) - 1);
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << 8) | (bytes[from + i] & 0xFF);
        }
        return word;
    }

    /** Returns whether the four bytes starting at the index are {@code null}. */
    static boolean isNull(byte[] bytes, int index) {
        return (int) INTS.get(bytes, index) == NULL;
    }

    /**
     * Returns whether the bytes starting at the index equal the wanted ones. Both must have at least that many bytes,
     * and at least eight. Up to 32 bytes are compared without a loop, because the number of iterations differs from
     * call to call and is predicted badly.
     */
    static boolean equal(byte[] bytes, int from, byte[] wanted) {
        int length = wanted.length;
        int last = length - Long.BYTES;
        long difference = (at(bytes, from) ^ at(wanted, 0)) | (at(bytes, from + last) ^ at(wanted, last));
        if (length <= 2 * Long.BYTES) {
            return difference == 0;
        }
        int middle = Math.min(Long.BYTES, last);
        int late = Math.max(last - Long.BYTES, 0);
        difference |= (at(bytes, from + middle) ^ at(wanted, middle)) | (at(bytes, from + late) ^ at(wanted, late));
        if (length <= 4 * Long.BYTES || difference != 0) {
            return difference == 0;
        }
        for (int i = 2 * Long.BYTES; i < late; i += Long.BYTES) {
            difference |= at(bytes, from + i) ^ at(wanted, i);
        }
        return difference == 0;
    }

    /**
     * Marks the bytes of a word at which a string cannot be copied unchanged: quote, backslash, control character, not
     * ASCII. Only the lowest mark is exact, because borrows propagate upwards; zero means that no byte is marked.
     */
    static long special(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        return ((quote - ONES) | (backslash - ONES) | (word - BLANKS) | word) & HIGH_BITS;
    }

    /** Returns the index of the lowest mark in the word. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
