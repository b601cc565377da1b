package io.github.defenderreactive.runtime.internal.rows;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the page in progress by their keys. Rows of one page are rows, even if they have the same key; of a page that
 * comes again, as many of a key are known as came before.
 */
public final class PageRows<K> {

    private final ToIntFunction<? super K> length;
    private RowCounts<K> came;

    /** The same for the page as it comes again, or null while it comes for the first time. */
    private @Nullable RowCounts<K> again;

    public PageRows(ToIntFunction<? super K> length) {
        this.length = length;
        this.came = counts();
    }

    private RowCounts<K> counts() {
        return new RowCounts<>(length, RowCounts.PAGE_BYTES);
    }

    /**
     * Notes a row.
     *
     * @param known how many rows of the key need not come again, because other pages had them
     * @return whether it is new
     */
    public boolean admits(K key, int known) {
        RowCounts<K> pass = again == null ? came : again;
        int number = pass.of(key) + 1;
        int before = again == null ? 0 : came.of(key);
        pass.set(key, number);
        if (number > before) {
            came.set(key, number);
        }
        return number > Math.max(before, known);
    }

    /** Whether all rows were noted, so that a page that comes again brings none of them twice. */
    public boolean whole() {
        return !came.overflowed();
    }

    /** The page begins again; what came of it stays known. */
    public void repeat() {
        again = counts();
    }

    /** Gives what came and begins with the next page. */
    public RowCounts<K> next() {
        RowCounts<K> page = came;
        came = counts();
        again = null;
        return page;
    }
}
