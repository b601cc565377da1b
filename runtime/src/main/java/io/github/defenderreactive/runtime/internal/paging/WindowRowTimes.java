package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The times of a page's rows in the order they arrive, which tell how to go on behind it. Rows without a time tell nothing.
 * Belongs to the thread that brings the rows, and to the stream when the page is complete.
 */
final class WindowRowTimes<T> {

    /** More rows than a page is documented to hold. Of those behind them only the extremes are kept. */
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

    /** Whether a row had a time. */
    boolean any() {
        return any;
    }

    /** Whether a row lay outside the window. */
    boolean strayed() {
        return strayed;
    }

    /** Whether no row is older than the one before. */
    boolean rising() {
        return rising;
    }

    /** Whether no row is newer than the one before. */
    boolean falling() {
        return falling;
    }

    long last() {
        return last;
    }

    /** A tick with about half of the rows before it, and at least one before and one from it on when ticks differ. */
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
