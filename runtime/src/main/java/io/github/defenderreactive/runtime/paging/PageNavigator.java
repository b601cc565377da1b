package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import org.jspecify.annotations.Nullable;

/** From page to page. */
interface PageNavigator<T> {

    PageLocation first();

    /**
     * The page behind one that has arrived.
     *
     * @return the next page, or null when this was the last
     * @throws DefenderException if the way does not lead on
     */
    @Nullable
    PageLocation after(PageFetch<T> page);
}
