package io.github.defenderreactive.runtime.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a collection, whole in memory.
 *
 * @param items its items
 * @param next where to go on behind it, or null on the last page
 * @param <T> the item
 * @since 0.1.0
 */
public record Page<T>(List<T> items, @Nullable ContinuationToken next) {

    /**
     * Copies the list.
     *
     * @param items its items
     * @param next where to go on behind it, or null on the last page
     */
    public Page {
        items = List.copyOf(items);
    }
}
