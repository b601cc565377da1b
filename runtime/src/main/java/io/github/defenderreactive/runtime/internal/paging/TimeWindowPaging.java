package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TimeField;
import io.github.defenderreactive.runtime.operation.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Paging by windows of a time that never changes. A window whose page is full is narrowed to the part that was not
 * received.
 */
record TimeWindowPaging<T>(PagedCall<T> call, @Nullable PageLocation start) implements PagingStrategy<T> {

    private static final String FILTER = "$filter";

    /** Returns whether a call is read in windows. Offsets and orders are only meaningful for the whole collection. */
    static boolean applies(PagedCall<?> call) {
        return call.info().paging().strategy() == Paging.Strategy.TIME_WINDOW
                && Stream.of(PagedCall.TOP, PagedCall.SKIP, PagedCall.ORDER).noneMatch(call::has);
    }

    /** Returns the unbounded window. An end taken from a clock would hide items that are newer than that clock. */
    @Override
    public PageLocation firstPage() {
        return pageOf(List.of(TimeWindow.OPEN), 0);
    }

    @Override
    public PageNavigator<T> navigator(boolean truncationAllowed) {
        return new TimeWindowNavigator<>(this, truncationAllowed);
    }

    @Override
    public Deduplicator<T> deduplicator() {
        return new WindowDeduplicator<>(this);
    }

    @Override
    public WindowRowTimes<T> rowTimes(PageLocation page) {
        return new WindowRowTimes<>(page.windows().get(0), time());
    }

    @Nullable
    Instant timeOf(T item) {
        return time().apply(item);
    }

    private Function<? super T, @Nullable Instant> time() {
        return Objects.requireNonNull(call.call().operation().time(), "time");
    }

    private String timeField() {
        return Objects.requireNonNull(call.info().paging().timeField(), "timeField");
    }

    /** Returns the page of the first of the given windows. */
    PageLocation pageOf(List<TimeWindow> open, long before) {
        String wanted = call.call().query().get(FILTER);
        Filter own = wanted == null || wanted.isBlank() ? null : Filter.raw(wanted);
        Filter window = open.get(0).on(new TimeField(timeField()));
        Filter both = own == null ? window : window == null ? own : own.and(window);
        String target =
                call.with(FILTER, both == null ? null : both.expression()).target();
        return new PageLocation(target, 0, before, open);
    }

    @Override
    public boolean reaches(PageLocation page) {
        return applies(call) && pageOf(page.windows(), page.before()).equals(page);
    }

    /** Each window begins with the last row of the one before, so a page contributes one row less than its maximum. */
    @Override
    public long estimateCalls(long items) {
        return Math.max(1, PagedCall.calls(items, Math.max(1, call.largestPage() - 1)));
    }

    @Override
    public boolean maybeTruncated(PageLocation page, long rows) {
        return false;
    }

    /** Returns the error of a row outside the window that was requested. */
    PagingException strayed(TimeWindow window) {
        return new PagingException(
                "A row is outside the window " + window + " of " + timeField()
                        + ", so the service does not apply the filter and the read would be incomplete;"
                        + " withoutTimeWindows() reads without windows",
                ErrorContext.of(call.operationId()));
    }

    /** Adds a note to the error of a rejected filter, because the library has added to the filter. */
    @Override
    public Throwable explained(Throwable error) {
        return error instanceof BadRequestException refused
                ? ErrorCopy.withNote(
                        refused,
                        "the filter sent combines that of the call with a window of " + timeField()
                                + "; withoutTimeWindows() reads without windows")
                : error;
    }

    @Override
    public PagingStrategy<T> withCall(PagedCall<T> other) {
        return new TimeWindowPaging<>(other, start);
    }

    @Override
    public PagingStrategy<T> withoutTimeWindows() {
        return new NextLinkPaging<>(call, start);
    }
}
