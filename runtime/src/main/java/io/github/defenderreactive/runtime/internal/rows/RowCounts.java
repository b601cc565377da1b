package io.github.defenderreactive.runtime.internal.rows;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * How many rows of each key came, in bounded memory: ids are as long as the service likes, and so are pages. A key for
 * which there is no room counts as one that never came.
 */
public final class RowCounts<K> {

    /** Room for the keys of one page: 10,000 rows, the largest page that is documented, with ids of 140 characters. */
    public static final long PAGE_BYTES = 4L << 20;

    private static final int BYTES_OF_ENTRY = 128;

    private final ToIntFunction<? super K> length;
    private final long mostBytes;
    private final Map<K, Integer> counts = new HashMap<>();
    private long bytes;
    private boolean overflowed;

    /**
     * Counts nothing yet.
     *
     * @param length characters of a key
     * @param mostBytes what the keys may take, roughly
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

    /** Whether there was no room for a key. */
    public boolean overflowed() {
        return overflowed;
    }
}
