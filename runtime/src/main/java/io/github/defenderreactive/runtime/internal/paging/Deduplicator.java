package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import org.jspecify.annotations.Nullable;

/** Filter of items that were already emitted, for example because a page was requested again. */
interface Deduplicator<T> {

    /**
     * Returns whether the item is new and must be emitted.
     *
     * @throws PagingException if the page differs from the one that was received before
     */
    boolean admit(T item);

    /** Returns whether the page can be requested again without emitting an item twice. */
    boolean isRetryable();

    /** Returns whether the page contained no new items. */
    boolean isStale();

    /** Starts a retry of the page. The items received so far remain emitted. */
    void retryPage();

    /** Starts a retry of the page. The items received so far were discarded. */
    void restartPage();

    /** Returns the error of a page that ended before all emitted items were received again, or null. */
    @Nullable
    PagingException missing();

    /**
     * Ends the page, whose items were all emitted.
     *
     * @param following the next page, or null
     */
    void endPage(@Nullable PageLocation following);
}
