package io.github.defenderreactive.runtime.internal.position;

import java.util.List;

/**
 * The location of one page.
 *
 * @param target path and query below the API root, as sent
 * @param offset number of rows skipped, for offset paging; otherwise 0
 * @param before number of items on the pages before
 * @param windows the time window of the page, followed by those still to be read; empty if the read has no windows
 */
public record PageLocation(String target, long offset, long before, List<TimeWindow> windows) {

    public PageLocation {
        windows = List.copyOf(windows);
    }

    public PageLocation(String target, long offset, long before) {
        this(target, offset, before, List.of());
    }

    /** Returns the windows as the text of a token. */
    public String windowText() {
        return String.join(",", windows.stream().map(TimeWindow::text).toList());
    }
}
