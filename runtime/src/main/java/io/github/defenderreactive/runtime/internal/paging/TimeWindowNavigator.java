package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import io.github.defenderreactive.runtime.json.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Navigator of time windows. The only page of a window is full if the service has more rows than it sent. The rows
 * received then determine the next windows: if they are sorted by time, the rest begins where they end; if they are
 * unsorted, they do not tell which rows are missing, and the window is split in the middle of them. In both cases the
 * remaining windows are smaller than the window, so the read ends.
 */
final class TimeWindowNavigator<T> implements PageNavigator<T> {

    private final TimeWindowPaging<T> paging;
    private final boolean truncationAllowed;

    /** True until a page is unsorted; afterwards, sorted rows are considered a coincidence. */
    private boolean sorted = true;

    TimeWindowNavigator(TimeWindowPaging<T> paging, boolean truncationAllowed) {
        this.paging = paging;
        this.truncationAllowed = truncationAllowed;
    }

    @Override
    public @Nullable PageLocation after(PageLocation page, Envelope read, @Nullable WindowRowTimes<T> times) {
        List<TimeWindow> open = new ArrayList<>();
        if (full(read)) {
            rest(page.windows().get(0), Objects.requireNonNull(times), read.items())
                    .forEach(open::add);
        }
        open.addAll(page.windows().subList(1, page.windows().size()));
        return open.isEmpty() ? null : paging.pageOf(open, page.before() + read.items());
    }

    private boolean full(Envelope read) {
        String link = read.nextLink();
        int most = paging.call().info().paging().maxPageSize();
        return (link != null && !link.isBlank()) || (most != 0 && read.items() >= most);
    }

    /** Returns the parts of a window that were not received, and the tick at its edge; the newer part first. */
    private Stream<TimeWindow> rest(TimeWindow window, WindowRowTimes<T> seen, long rows) {
        if (seen.strayed()) {
            throw paging.strayed(window);
        }
        if (!seen.any()) {
            throw new PagingException(
                    "A page of " + rows
                            + " rows without a time has a nextLink, so the position of the"
                            + " rest of the window is unknown",
                    context());
        }
        if (window.tick()) {
            if (truncationAllowed) {
                return Stream.empty();
            }
            throw crowded(window, rows);
        }
        sorted &= seen.rising() || seen.falling();
        if (seen.rising() && seen.falling()) {
            return around(seen.last(), window);
        }
        if (sorted) {
            return Stream.of(
                    seen.falling()
                            ? new TimeWindow(window.from(), seen.last() + 1)
                            : new TimeWindow(seen.last(), window.to()));
        }
        long middle = seen.middle();
        return Stream.of(new TimeWindow(middle, window.to()), new TimeWindow(window.from(), middle));
    }

    /**
     * Returns the tick as a window and those around it, because only a window of the tick alone shows whether all its
     * rows were received.
     */
    private static Stream<TimeWindow> around(long tick, TimeWindow window) {
        return Stream.of(
                        new TimeWindow(tick + 1, window.to()),
                        new TimeWindow(tick, tick + 1),
                        new TimeWindow(window.from(), tick))
                .filter(part -> !part.empty());
    }

    private DefenderException crowded(TimeWindow tick, long rows) {
        return new PossibleTruncationException(
                "All " + rows + " items of a full page have the time " + TimeWindow.instant(tick.from())
                        + ", so more items of that time may be missing. Narrow the request with a filter,"
                        + " or allow the truncation",
                context());
    }

    private ErrorContext context() {
        return ErrorContext.of(paging.call().operationId());
    }
}
