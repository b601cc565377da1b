package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows by their 64-bit hashes, with the number of equal ones, because a table may contain equal rows. Not thread-safe.
 */
final class SeenRows {

    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final Map<Long, Integer> counts = new HashMap<>();

    void add(long row) {
        counts.merge(row, 1, Integer::sum);
    }

    /** Removes one of the rows that are equal. Returns false if there is none. */
    boolean remove(long row) {
        Integer count = counts.get(row);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            counts.remove(row);
        } else {
            counts.put(row, count - 1);
        }
        return true;
    }

    SeenRows copy() {
        SeenRows copy = new SeenRows();
        copy.counts.putAll(counts);
        return copy;
    }

    /** Returns these rows and others. */
    SeenRows with(SeenRows others) {
        SeenRows all = copy();
        others.counts.forEach((row, count) -> all.counts.merge(row, count, Integer::sum));
        return all;
    }

    /** Returns the FNV-1a hash of a row. */
    static long hash(HuntingRow row) {
        String text = JsonWriter.toJson(row);
        long hash = SEED;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }
}
