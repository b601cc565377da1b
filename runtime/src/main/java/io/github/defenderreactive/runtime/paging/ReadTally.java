package io.github.defenderreactive.runtime.paging;

/** Counts for a {@link ReadReport}. */
final class ReadTally {

    private long items;
    private long repeats;
    private long windows;
    private long pages;
    private long calls;

    void items(int count) {
        items += count;
    }

    void repeat() {
        repeats++;
    }

    /** A page has been read to its end. */
    void page(PageTarget page) {
        pages++;
        if (!page.windows().isEmpty()) {
            windows++;
        }
    }

    void calls(int attempts) {
        calls += attempts;
    }

    ReadReport report(boolean complete) {
        return new ReadReport(complete, items, repeats, windows, pages, calls);
    }
}
