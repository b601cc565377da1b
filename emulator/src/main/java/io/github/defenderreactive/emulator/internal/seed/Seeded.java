package io.github.defenderreactive.emulator.internal.seed;

import java.util.List;
import java.util.UUID;

/** Pseudo-random numbers that depend only on a seed, an index and a purpose. */
public final class Seeded {

    private Seeded() {}

    /** Returns the result of SplitMix64's finaliser for the three inputs. */
    public static long hash(long seed, long index, int purpose) {
        long z = seed + index * 0x9E3779B97F4A7C15L + purpose * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number from 0 to bound - 1. */
    public static int below(long hash, int bound) {
        return (int) Math.floorMod(hash, (long) bound);
    }

    public static <T> T pick(long hash, List<T> choices) {
        return choices.get(below(hash, choices.size()));
    }

    public static String hex(long seed, long index, int purpose, int digits) {
        StringBuilder text = new StringBuilder(digits + 16);
        for (int word = 0; text.length() < digits; word++) {
            long bits = hash(seed, index, purpose + 7001 * word);
            for (int shift = 60; shift >= 0; shift -= 4) {
                text.append(Character.forDigit((int) (bits >>> shift) & 15, 16));
            }
        }
        text.setLength(digits);
        return text.toString();
    }

    /** Returns a version 4 UUID in its usual form. */
    public static String uuid(long seed, long index, int purpose) {
        long high = hash(seed, index, purpose) & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = hash(seed, index, purpose + 7001) & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
