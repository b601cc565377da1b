package io.github.defenderreactive.runtime.paging;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The times of a page's rows in the order they arrive, which tell how to go on behind it. Belongs to the thread that
 * brings the rows, and to the stream when the page is complete.
 */
final class WindowSight<T> {

    private static final int FIRST_ROOM = 256;

    private final TimeWindow window;
    private final Function<? super T, @Nullable Instant> time;
    private long[] ticks = new long[FIRST_ROOM];
    private int rows;
    private boolean rising = true;
    private boolean falling = true;
    private boolean strayed;

    WindowSight(TimeWindow window, Function<? super T, @Nullable Instant> time) {
        this.window = window;
        this.time = time;
    }

    void row(T item) {
        Instant at = time.apply(item);
        if (at == null || !window.holds(at)) {
            strayed = true;
            return;
        }
        long tick = TimeWindow.tick(at);
        if (rows > 0) {
            long before = ticks[rows - 1];
            rising &= tick >= before;
            falling &= tick <= before;
        }
        if (rows == ticks.length) {
            ticks = Arrays.copyOf(ticks, 2 * rows);
        }
        ticks[rows++] = tick;
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
        return ticks[rows - 1];
    }

    /** A tick with about half of the rows before it, and at least one before and one from it on when ticks differ. */
    long middle() {
        long[] sorted = Arrays.copyOf(ticks, rows);
        Arrays.sort(sorted);
        int at = rows / 2;
        while (at < rows - 1 && sorted[at] == sorted[0]) {
            at++;
        }
        return sorted[at];
    }
}
