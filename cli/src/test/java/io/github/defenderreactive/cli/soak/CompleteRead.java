package io.github.defenderreactive.cli.soak;

import java.util.Scanner;

/**
 * The result of one read of all alerts.
 *
 * @param sum of the hashes of all ids: with the count it says that each came, and none twice, in no memory
 */
record CompleteRead(long items, long sum, long calls) {

    private static final String FORMAT = "read %d items, sum %d, %d calls";

    static boolean is(String line) {
        return line.startsWith("read ");
    }

    static CompleteRead parse(String line) {
        Scanner numbers = new Scanner(line).useDelimiter("[^0-9-]+");
        return new CompleteRead(numbers.nextLong(), numbers.nextLong(), numbers.nextLong());
    }

    @Override
    public String toString() {
        return String.format(FORMAT, items, sum, calls);
    }

    /** Returns a hash of 64 bits. */
    static long hash(String id) {
        long hash = 1125899906842597L;
        for (int i = 0; i < id.length(); i++) {
            hash = 31 * hash + id.charAt(i);
        }
        return hash * 0x9E3779B97F4A7C15L;
    }
}
