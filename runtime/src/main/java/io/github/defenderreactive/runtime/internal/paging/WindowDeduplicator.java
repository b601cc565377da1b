package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import io.github.defenderreactive.runtime.internal.rows.PageRows;
import io.github.defenderreactive.runtime.internal.rows.RowCounts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deduplicator by the ids of emitted rows that an open window can return again, each with its tick: those of the
 * current page, of the tick at the edge where it ended, and of windows that were split. The ids of a whole read would
 * not fit in memory; these do. Rows of one page are distinct even if they have the same id.
 */
final class WindowDeduplicator<T> implements Deduplicator<T> {

    /** Memory for the rows of open windows. A window that is split leaves a page of them. */
    private static final long OPEN_BYTES = 4 * RowCounts.PAGE_BYTES;

    /** The tick of a row without a time. It is outside every window, so any window may return it. */
    private static final long NO_TICK = Long.MIN_VALUE;

    /** A row by id and tick. Comparable, so that ids chosen to collide do not slow down lookups. */
    private record Row(String id, long tick) implements Comparable<Row> {

        private static final Comparator<Row> ORDER =
                Comparator.comparing(Row::id).thenComparingLong(Row::tick);

        @Override
        public int compareTo(Row other) {
            return ORDER.compare(this, other);
        }

        int length() {
            return id.length();
        }
    }

    private final TimeWindowPaging<T> paging;
    private final @Nullable Function<? super T, @Nullable String> key;
    private final RowCounts<Row> before = new RowCounts<>(Row::length, OPEN_BYTES);
    private final PageRows<Row> page = new PageRows<>(Row::length);
    private TimeWindow window;
    private boolean unkeyed;

    WindowDeduplicator(TimeWindowPaging<T> paging) {
        this.paging = paging;
        this.key = paging.call().call().operation().key();
        this.window = paging.startPage().windows().get(0);
    }

    @Override
    public boolean admit(T item) {
        Instant at = paging.timeOf(item);
        if (at != null && !window.holds(at)) {
            throw paging.strayed(window);
        }
        String id = key == null ? null : key.apply(item);
        if (id == null || id.isEmpty()) {
            unkeyed = true;
            return true;
        }
        Row row = new Row(id, at == null ? NO_TICK : TimeWindow.tick(at));
        return page.admits(row, before.of(row));
    }

    @Override
    public boolean isRetryable() {
        return !unkeyed && page.isComplete();
    }

    /** Returns false, because windows shrink with every full page, so they cannot loop. */
    @Override
    public boolean isStale() {
        return false;
    }

    @Override
    public void retryPage() {
        page.retry();
    }

    @Override
    public void restartPage() {
        page.next();
        unkeyed = false;
    }

    /** Returns null, because rows of live data may be removed at any time. */
    @Override
    public @Nullable PagingException missing() {
        return null;
    }

    @Override
    public void endPage(@Nullable PageLocation following) {
        List<TimeWindow> open = following == null ? List.of() : following.windows();
        page.next().forEach((row, count) -> before.set(row, Math.max(count, before.of(row))));
        before.removeIf(row -> row.tick() != NO_TICK && open.stream().noneMatch(left -> left.holds(row.tick())));
        unkeyed = false;
        if (!open.isEmpty()) {
            window = open.get(0);
        }
    }
}
