package io.github.defenderreactive.runtime.internal.rows;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the current page by key. Rows of one page are distinct even if they have the same key. When the page is
 * received again, as many rows of a key are known as were received before.
 */
public final class PageRows<K> {

    private final ToIntFunction<? super K> length;
    private RowCounts<K> received;

    /** The rows of the current retry of the page, or null during the first attempt. */
    private @Nullable RowCounts<K> retried;

    public PageRows(ToIntFunction<? super K> length) {
        this.length = length;
        this.received = counts();
    }

    private RowCounts<K> counts() {
        return new RowCounts<>(length, RowCounts.PAGE_BYTES);
    }

    /**
     * Records a row.
     *
     * @param known the number of rows of the key that were received on other pages
     * @return true if the row is new
     */
    public boolean admits(K key, int known) {
        RowCounts<K> pass = retried == null ? received : retried;
        int number = pass.of(key) + 1;
        int before = retried == null ? 0 : received.of(key);
        pass.set(key, number);
        if (number > before) {
            received.set(key, number);
        }
        return number > Math.max(before, known);
    }

    /** Returns whether all rows were recorded, so that a retry of the page yields no duplicates. */
    public boolean isComplete() {
        return !received.hasOverflowed();
    }

    /** Starts a retry of the page. The rows received so far stay known. */
    public void retry() {
        retried = counts();
    }

    /** Returns the rows of the page and starts the next page. */
    public RowCounts<K> next() {
        RowCounts<K> page = received;
        received = counts();
        retried = null;
        return page;
    }
}
