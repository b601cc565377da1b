package io.github.defenderreactive.runtime.paging;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the page being delivered and of the one before. Pages over live data overlap when rows move, and a page asked
 * for again brings what was delivered: both are known by id, never by position.
 */
final class PageIdentity<T> {

    private final @Nullable Function<? super T, @Nullable String> key;
    private Set<String> previous = new HashSet<>();
    private Set<String> current = new HashSet<>();
    private boolean unkeyed;

    PageIdentity(@Nullable Function<? super T, @Nullable String> key) {
        this.key = key;
    }

    /** Whether the item is new and to be delivered. */
    boolean admit(T item) {
        String id = key == null ? null : key.apply(item);
        if (id == null) {
            unkeyed = true;
            return true;
        }
        return !previous.contains(id) && current.add(id);
    }

    /** Whether the page can be asked for again without delivering an item twice. */
    boolean resumable() {
        return !unkeyed;
    }

    /** Whether the page has brought nothing but what the page before had. */
    boolean stale() {
        return key != null && !unkeyed && current.isEmpty();
    }

    /** What was taken of this page is thrown away. */
    void restartPage() {
        current.clear();
        unkeyed = false;
    }

    void endPage() {
        Set<String> older = previous;
        previous = current;
        current = older;
        current.clear();
        unkeyed = false;
    }
}
