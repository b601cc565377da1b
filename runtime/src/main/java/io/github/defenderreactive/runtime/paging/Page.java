package io.github.defenderreactive.runtime.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complete page of a collection.
 *
 * @param items the items
 * @param next the position of the next page, or null on the last page
 * @param <T> type of the items
 * @since 0.1.0
 */
public record Page<T>(List<T> items, @Nullable ContinuationToken next) {

    /**
     * Creates a page. The list is copied.
     *
     * @param items the items
     * @param next the position of the next page, or null on the last page
     */
    public Page {
        items = List.copyOf(items);
    }
}
