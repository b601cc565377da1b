package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The times of a page's rows in the order of arrival, which determine the next windows. Rows without a time are
 * ignored. Confined to the thread that delivers the rows, and to the drain loop once the page is complete.
 */
final class WindowRowTimes<T> {

    /**
     * Maximum number of times kept, more than the documented page size. Of further rows, only the extremes are kept.
     */
    static final int MOST_TICKS = 1 << 16;

    private static final int FIRST_ROOM = 256;

    private final TimeWindow window;
    private final Function<? super T, @Nullable Instant> time;
    private long[] ticks = new long[FIRST_ROOM];
    private int kept;
    private boolean any;
    private long last;
    private long most;
    private boolean rising = true;
    private boolean falling = true;
    private boolean strayed;

    WindowRowTimes(TimeWindow window, Function<? super T, @Nullable Instant> time) {
        this.window = window;
        this.time = time;
    }

    void row(T item) {
        Instant at = time.apply(item);
        if (at == null) {
            return;
        }
        if (!window.holds(at)) {
            strayed = true;
            return;
        }
        long tick = TimeWindow.tick(at);
        if (any) {
            rising &= tick >= last;
            falling &= tick <= last;
            most = Math.max(most, tick);
        } else {
            most = tick;
        }
        any = true;
        last = tick;
        keep(tick);
    }

    private void keep(long tick) {
        if (kept == MOST_TICKS) {
            return;
        }
        if (kept == ticks.length) {
            ticks = Arrays.copyOf(ticks, 2 * kept);
        }
        ticks[kept++] = tick;
    }

    /** Returns whether a row had a time. */
    boolean any() {
        return any;
    }

    /** Returns whether a row was outside the window. */
    boolean strayed() {
        return strayed;
    }

    /** Returns whether no row is older than the one before. */
    boolean rising() {
        return rising;
    }

    /** Returns whether no row is newer than the one before. */
    boolean falling() {
        return falling;
    }

    long last() {
        return last;
    }

    /**
     * Returns a tick with about half of the rows before it, and, if the ticks differ, with at least one row before it
     * and one at or after it.
     */
    long middle() {
        long[] sorted = Arrays.copyOf(ticks, kept);
        Arrays.sort(sorted);
        int at = kept / 2;
        while (at < kept - 1 && sorted[at] == sorted[0]) {
            at++;
        }
        return sorted[at] == sorted[0] ? most : sorted[at];
    }
}
