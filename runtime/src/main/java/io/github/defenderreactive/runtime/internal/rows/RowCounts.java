package io.github.defenderreactive.runtime.internal.rows;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The number of rows of each key, in bounded memory, because the service does not limit the length of ids and pages. A
 * key that exceeds the memory is treated as never received.
 */
public final class RowCounts<K> {

    /** Memory for the keys of one page: 10,000 rows, the largest documented page, with ids of 140 characters. */
    public static final long PAGE_BYTES = 4L << 20;

    private static final int BYTES_OF_ENTRY = 128;

    private final ToIntFunction<? super K> length;
    private final long mostBytes;
    private final Map<K, Integer> counts = new HashMap<>();
    private long bytes;
    private boolean overflowed;

    /**
     * Creates empty counts.
     *
     * @param length returns the number of characters of a key
     * @param mostBytes approximate maximum memory of the keys, in bytes
     */
    public RowCounts(ToIntFunction<? super K> length, long mostBytes) {
        this.length = length;
        this.mostBytes = mostBytes;
    }

    public int of(K key) {
        return counts.getOrDefault(key, 0);
    }

    public void set(K key, int rows) {
        if (!counts.containsKey(key)) {
            long size = size(key);
            if (size > mostBytes - bytes) {
                overflowed = true;
                return;
            }
            bytes += size;
        }
        counts.put(key, rows);
    }

    private long size(K key) {
        return BYTES_OF_ENTRY + 2L * length.applyAsInt(key);
    }

    public void forEach(BiConsumer<K, Integer> action) {
        counts.forEach(action);
    }

    public void removeIf(Predicate<K> gone) {
        counts.keySet().removeIf(key -> {
            boolean removed = gone.test(key);
            if (removed) {
                bytes -= size(key);
            }
            return removed;
        });
    }

    /** Returns whether a key exceeded the memory. */
    public boolean hasOverflowed() {
        return overflowed;
    }
}
