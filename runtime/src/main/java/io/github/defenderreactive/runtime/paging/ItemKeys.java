package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.PagingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the page being delivered and of the one before. Pages over live data overlap when rows move, and a page asked
 * for again brings what was delivered: both are known by id, never by position. Rows of one page are rows, also when they
 * have the same id; of a page that comes again as many are known as were delivered.
 */
final class ItemKeys<T> implements PageIdentity<T> {

    private final @Nullable Function<? super T, @Nullable String> key;
    private Set<String> previous = Set.of();

    /** How many rows of an id the page has brought. */
    private Map<String, Integer> current = new HashMap<>();

    /** The same for the page as it comes again, or null while it comes for the first time. */
    private @Nullable Map<String, Integer> again;

    private boolean unkeyed;
    private boolean fresh;

    ItemKeys(@Nullable Function<? super T, @Nullable String> key) {
        this.key = key;
    }

    @Override
    public boolean admit(T item) {
        String id = key == null ? null : key.apply(item);
        if (id == null || id.isEmpty()) {
            unkeyed = true;
            return true;
        }
        // A repeat is noted as well: it may stand on the page behind this one, too.
        boolean admitted = takes(id) && !previous.contains(id);
        fresh |= admitted;
        return admitted;
    }

    /** Whether the page has not brought this row before; notes it. */
    private boolean takes(String id) {
        Map<String, Integer> repeat = again;
        if (repeat == null) {
            current.merge(id, 1, Integer::sum);
            return true;
        }
        int rows = repeat.merge(id, 1, Integer::sum);
        if (rows <= current.getOrDefault(id, 0)) {
            return false;
        }
        current.put(id, rows);
        return true;
    }

    @Override
    public boolean resumable() {
        return !unkeyed;
    }

    @Override
    public boolean stale() {
        return key != null && !unkeyed && !fresh;
    }

    @Override
    public void repeatPage() {
        again = new HashMap<>();
    }

    @Override
    public void restartPage() {
        current.clear();
        again = null;
        unkeyed = false;
        fresh = false;
    }

    /** Rows of live data may go at any time. */
    @Override
    public @Nullable PagingException missing() {
        return null;
    }

    @Override
    public void endPage(@Nullable PageTarget following) {
        previous = current.keySet();
        current = new HashMap<>();
        restartPage();
    }
}
