package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.PagingException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the page being delivered and of the one before. Pages over live data overlap when rows move, and a page asked
 * for again brings what was delivered: both are known by id, never by position.
 */
final class ItemKeys<T> implements PageIdentity<T> {

    private final @Nullable Function<? super T, @Nullable String> key;
    private Set<String> previous = new HashSet<>();
    private Set<String> current = new HashSet<>();
    private boolean unkeyed;
    private boolean fresh;

    ItemKeys(@Nullable Function<? super T, @Nullable String> key) {
        this.key = key;
    }

    @Override
    public boolean admit(T item) {
        String id = key == null ? null : key.apply(item);
        if (id == null) {
            unkeyed = true;
            return true;
        }
        // A repeat is noted as well: it may stand on the page behind this one, too.
        boolean admitted = current.add(id) && !previous.contains(id);
        fresh |= admitted;
        return admitted;
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
        // the ids tell
    }

    @Override
    public void restartPage() {
        current.clear();
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
        Set<String> older = previous;
        previous = current;
        current = older;
        restartPage();
    }
}
