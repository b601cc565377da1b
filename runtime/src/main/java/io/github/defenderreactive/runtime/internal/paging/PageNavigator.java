package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.json.Envelope;
import org.jspecify.annotations.Nullable;

/** The state of one read that determines the next page. */
interface PageNavigator<T> {

    /**
     * Returns the page after one that has arrived.
     *
     * @param page the page
     * @param read the envelope of its items
     * @param times the times of its rows, if the strategy records them
     * @return the next page, or null if this was the last
     * @throws DefenderException if no page can follow
     */
    @Nullable
    PageLocation after(PageLocation page, Envelope read, @Nullable WindowRowTimes<T> times);
}
