package io.github.defenderreactive.runtime.json;

import org.jspecify.annotations.Nullable;

/**
 * Cache of short ASCII strings, so that enum values, categories and host names that repeat from item to item are
 * created once.
 *
 * <p>Each string has exactly one slot and replaces the previous string in it. Memory is fixed, and no choice of strings
 * makes a lookup slower, so the cache needs no defence against strings chosen to collide.
 */
final class TextCache {

    static final int LONGEST = 24;

    private static final int SLOT_BITS = 8;

    private final String[] texts = new String[1 << SLOT_BITS];
    private final long[] keys = new long[4 << SLOT_BITS];

    /** Returns the string of ASCII bytes without zero bytes. The length must be 1 to {@link #LONGEST}. */
    String get(byte[] bytes, int from, int length) {
        long first;
        long second = 0;
        long last = 0;
        if (length < Long.BYTES) {
            first = EightBytes.upTo7(bytes, from, length);
        } else {
            first = EightBytes.at(bytes, from);
            last = EightBytes.at(bytes, from + length - Long.BYTES);
            if (length > 2 * Long.BYTES) {
                second = EightBytes.at(bytes, from + Long.BYTES);
            }
        }
        long hash = (first * 0x9E3779B97F4A7C15L) ^ (second * 0xC2B2AE3D27D4EB4FL) ^ (last * 0x165667B19E3779F9L);
        hash = (hash ^ (hash >>> 29) ^ length) * 0xBF58476D1CE4E5B9L;
        int slot = (int) (hash >>> (Long.SIZE - SLOT_BITS));
        int key = slot * 4;
        @Nullable String known = texts[slot];
        if (known != null
                && keys[key] == first
                && keys[key + 1] == second
                && keys[key + 2] == last
                && keys[key + 3] == length) {
            return known;
        }
        String text = EightBytes.ascii(bytes, from, from + length);
        texts[slot] = text;
        keys[key] = first;
        keys[key + 1] = second;
        keys[key + 2] = last;
        keys[key + 3] = length;
        return text;
    }
}
