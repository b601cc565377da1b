package io.github.defenderreactive.runtime.internal.rows;

/** 64-bit hash (FNV-1a) of a string, for sets that must not keep every string. */
public final class Fingerprint {

    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    public static long of(String text) {
        long hash = SEED;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }
}
