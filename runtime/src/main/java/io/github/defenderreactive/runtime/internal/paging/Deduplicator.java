package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import org.jspecify.annotations.Nullable;

/** What of a page was delivered, so that a page that is asked for again brings nothing twice. */
interface Deduplicator<T> {

    /**
     * Whether the item is new and to be delivered.
     *
     * @throws PagingException if the page asked for again is not the one it was
     */
    boolean admit(T item);

    /** Whether the page can be asked for again without delivering an item twice. */
    boolean resumable();

    /** Whether the page has brought nothing but what the page before had. */
    boolean stale();

    /** The page begins again; what was taken of it stays delivered. */
    void repeatPage();

    /** The page begins again; what was taken of it is thrown away. */
    void restartPage();

    /** Why a page that has come to its end cannot be trusted, or null. */
    @Nullable
    PagingException missing();

    /**
     * The page has been delivered.
     *
     * @param following the page behind it, or null
     */
    void endPage(@Nullable PageLocation following);
}
