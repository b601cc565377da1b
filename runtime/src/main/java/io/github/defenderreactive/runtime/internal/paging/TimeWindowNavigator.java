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
 * From window to window. The one page of a window is full when the service has more than it sent. Then the rows that came
 * decide: sorted by time, they end where the rest begins; unsorted, they say nothing of what is missing, and the window is
 * split where half of them lie on either side. Either way what is left is smaller than the window, so the walk ends.
 */
final class TimeWindowNavigator<T> implements PageNavigator<T> {

    private final TimeWindowPaging<T> paging;
    private final boolean truncationAllowed;

    /** Until a page shows otherwise; after that, rows in order are taken for a coincidence. */
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

    /** What of a window has not come, and the tick at its edge; the newer part first. */
    private Stream<TimeWindow> rest(TimeWindow window, WindowRowTimes<T> seen, long rows) {
        if (seen.strayed()) {
            throw paging.strayed(window);
        }
        if (!seen.any()) {
            throw new PagingException(
                    "A page of " + rows
                            + " rows, none of which has a time, names a next one, so nothing tells where the"
                            + " rest of the window lies",
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

    /** Whether all rows of one tick have come is only known when it has been read alone. */
    private static Stream<TimeWindow> around(long tick, TimeWindow window) {
        return Stream.of(
                        new TimeWindow(tick + 1, window.to()),
                        new TimeWindow(tick, tick + 1),
                        new TimeWindow(window.from(), tick))
                .filter(part -> !part.empty());
    }

    private DefenderException crowded(TimeWindow tick, long rows) {
        return new PossibleTruncationException(
                "A full page of " + rows + " items holds nothing but " + TimeWindow.instant(tick.from())
                        + ", so more of that moment may be missing. Ask for less with a filter, or allow the truncation",
                context());
    }

    private ErrorContext context() {
        return ErrorContext.of(paging.call().operationId());
    }
}
