package io.github.defenderreactive.runtime.internal.position;

import java.util.List;

/**
 * One page to ask for.
 *
 * @param target path and query below the API root, as they go on the wire
 * @param offset rows skipped, for offset paging; else 0
 * @param before items of the pages before
 * @param windows the window of time whose page it is, and behind it those still to be read; else empty
 */
public record PageLocation(String target, long offset, long before, List<TimeWindow> windows) {

    public PageLocation {
        windows = List.copyOf(windows);
    }

    public PageLocation(String target, long offset, long before) {
        this(target, offset, before, List.of());
    }

    /** The windows as the text of a token. */
    public String windowText() {
        return String.join(",", windows.stream().map(TimeWindow::text).toList());
    }
}
