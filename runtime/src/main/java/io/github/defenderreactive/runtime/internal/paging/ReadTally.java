package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.paging.ReadReport;
import java.time.Duration;

/** Counters of a {@link ReadReport}. */
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

    void duplicate() {
        repeats++;
    }

    /** Counts a page that was read to its end. */
    void page(PageLocation page) {
        pages++;
        if (!page.windows().isEmpty()) {
            windows++;
        }
    }

    /** Counts the attempts and waits of a request that has ended. */
    void ended(PageProgress<?> page) {
        calls += page.attempts();
        throttled = throttled.plus(page.throttled());
    }

    ReadReport report(boolean complete) {
        return new ReadReport(complete, items, repeats, windows, pages, calls, Duration.ofMillis(throttled.toMillis()));
    }
}
