package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.paging.ReadReport;
import java.time.Duration;

/** Counts for a {@link ReadReport}. */
final class ReadTally {

    private long items;
    private long repeats;
    private long windows;
    private long pages;
    private long calls;
    private Duration throttled = Duration.ZERO;

    void items(int count) {
        items += count;
    }

    void repeat() {
        repeats++;
    }

    /** A page has been read to its end. */
    void page(PageLocation page) {
        pages++;
        if (!page.windows().isEmpty()) {
            windows++;
        }
    }

    /** Nothing more comes of a request. */
    void ended(PageProgress<?> page) {
        calls += page.attempts();
        throttled = throttled.plus(page.throttled());
    }

    ReadReport report(boolean complete) {
        return new ReadReport(complete, items, repeats, windows, pages, calls, Duration.ofMillis(throttled.toMillis()));
    }
}
