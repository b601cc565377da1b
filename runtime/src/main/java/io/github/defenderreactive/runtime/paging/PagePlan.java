package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TimeField;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a collection is read; immutable.
 *
 * @param pageSize rows asked for at once when pages are counted; 0 when they follow links
 * @param windowed whether it is read in windows of time
 * @param start where to begin, or null for the start
 * @param report told what a read came to, or null
 * @param unreadable told of items that cannot be read and are skipped, or null when the first ends the read
 */
record PagePlan<T>(
        Call<T> call,
        PageSource<T> source,
        String basePath,
        PageTiming timing,
        int pageSize,
        int prefetch,
        boolean truncationAllowed,
        boolean windowed,
        @Nullable ContinuationToken start,
        @Nullable Consumer<? super ReadReport> report,
        @Nullable Consumer<? super UnreadableItem> unreadable) {

    /** Used by an operation that is counted by nature and documents no page size. */
    static final int DEFAULT_PAGE_SIZE = 1000;

    private static final String TOP = "$top";
    private static final String SKIP = "$skip";
    private static final String ORDER = "$orderby";
    private static final String FILTER = "$filter";
    private static final String PAGE_SIZE = "pageSize";

    static <T> PagePlan<T> of(Call<T> call, PageSource<T> source, String basePath, PageTiming timing) {
        Paging paging = call.operation().info().paging();
        int documented = paging.maxPageSize() == 0 ? DEFAULT_PAGE_SIZE : paging.maxPageSize();
        int pageSize = paging.strategy() == Paging.Strategy.OFFSET ? documented : 0;
        return new PagePlan<>(call, source, basePath, timing, pageSize, 0, false, windows(call), null, null, null);
    }

    /** Offsets and orders mean something only for the collection as a whole. */
    private static boolean windows(Call<?> call) {
        return call.operation().info().paging().strategy() == Paging.Strategy.TIME_WINDOW
                && Stream.of(TOP, SKIP, ORDER).noneMatch(call.query()::containsKey);
    }

    PagePlan<T> withPageSize(int size) {
        OperationInfo info = info();
        int most = info.paging().maxPageSize();
        if (size < 1 || (most != 0 && size > most)) {
            throw new IllegalArgumentException(
                    info.id() + ": page size must be 1 to " + (most == 0 ? "any" : most) + ", not " + size);
        }
        String parameter = snapshot() ? PAGE_SIZE : TOP;
        if ((snapshot() || linksWithTop()) && takes(parameter)) {
            Call<T> sized =
                    call.mutate().query(parameter, Integer.toString(size)).build();
            return new PagePlan<>(
                    sized,
                    source,
                    basePath,
                    timing,
                    pageSize,
                    prefetch,
                    truncationAllowed,
                    windowed,
                    start,
                    report,
                    unreadable);
        }
        if (!takes(TOP) || !takes(SKIP)) {
            throw new IllegalArgumentException(info.id() + " does not take $top and $skip, so it has no page size");
        }
        return copy(size, prefetch, truncationAllowed, false, start, report);
    }

    private boolean takes(String parameter) {
        return info().parameters().stream().anyMatch(p -> p.name().equals(parameter));
    }

    PagePlan<T> withPrefetch(int pages) {
        if (pages < 0) {
            throw new IllegalArgumentException("Prefetch is negative: " + pages);
        }
        return copy(pageSize, pages, truncationAllowed, windowed, start, report);
    }

    PagePlan<T> withTruncationAllowed() {
        return copy(pageSize, prefetch, true, windowed, start, report);
    }

    PagePlan<T> withoutWindows() {
        return copy(pageSize, prefetch, truncationAllowed, false, start, report);
    }

    PagePlan<T> doOnReport(Consumer<? super ReadReport> listener) {
        return copy(pageSize, prefetch, truncationAllowed, windowed, start, listener);
    }

    PagePlan<T> withUnreadable(Consumer<? super UnreadableItem> listener) {
        return new PagePlan<>(
                call,
                source,
                basePath,
                timing,
                pageSize,
                prefetch,
                truncationAllowed,
                windowed,
                start,
                report,
                listener);
    }

    /** A token names its page size or its windows, which count more than the plan's. */
    PagePlan<T> startingAt(ContinuationToken token) {
        if (!token.operationId().equals(operationId())) {
            throw new IllegalArgumentException(
                    "The continuation token belongs to " + token.operationId() + ", not to " + operationId());
        }
        List<TimeWindow> open = token.page().windows();
        PagePlan<T> plan = copy(token.pageSize(), prefetch, truncationAllowed, !open.isEmpty(), token, report);
        if (!plan.reaches(token.page())) {
            throw new IllegalArgumentException(
                    "The continuation token belongs to a call of " + operationId() + " with other arguments");
        }
        return plan;
    }

    private boolean reaches(PageLocation page) {
        if (windowed) {
            return windows(call) && pageOf(page.windows(), page.before()).equals(page);
        }
        return byOffset()
                ? counted(page.offset(), page.before()).equals(page)
                : below(page.target(), List.of("")) != null;
    }

    private PagePlan<T> copy(
            int size,
            int pages,
            boolean truncation,
            boolean inWindows,
            @Nullable ContinuationToken token,
            @Nullable Consumer<? super ReadReport> listener) {
        return new PagePlan<>(
                call, source, basePath, timing, size, pages, truncation, inWindows, token, listener, unreadable);
    }

    OperationInfo info() {
        return call.operation().info();
    }

    String operationId() {
        return info().id();
    }

    String operationPath() {
        return call.renderedPath();
    }

    /** Path and query of a link below the API root, or null when it leads to another operation. */
    @Nullable
    String below(String link, List<String> underRoots) {
        String target = PageLink.below(link, operationPath(), underRoots);
        String other = info().paging().linkPath();
        return target != null || other == null ? target : PageLink.below(link, other, underRoots);
    }

    /** Links lead through a snapshot. */
    private boolean snapshot() {
        return info().paging().strategy() == Paging.Strategy.SKIP_TOKEN;
    }

    private boolean linksWithTop() {
        return info().paging().strategy() == Paging.Strategy.SIZED_LINK;
    }

    PageNavigator<T> walk() {
        return windowed ? new TimeWindowNavigator<>(this) : new NextLinkNavigator<>(this);
    }

    Deduplicator<T> identity(PageLocation first) {
        if (windowed) {
            return new WindowDeduplicator<>(this, time(), first);
        }
        return snapshot()
                ? new PrefixDeduplicator<>(operationId())
                : new KeyDeduplicator<>(call.operation().key());
    }

    @Nullable
    WindowRowTimes<T> sight(PageLocation page) {
        return windowed ? new WindowRowTimes<>(page.windows().get(0), time()) : null;
    }

    private Function<? super T, @Nullable Instant> time() {
        return Objects.requireNonNull(call.operation().time(), "time");
    }

    private TimeField timeField() {
        return new TimeField(Objects.requireNonNull(info().paging().timeField(), "timeField"));
    }

    /** The page of the first of some windows. */
    PageLocation pageOf(List<TimeWindow> open, long before) {
        String wanted = call.query().get(FILTER);
        Filter own = wanted == null || wanted.isBlank() ? null : Filter.raw(wanted);
        Filter window = open.get(0).on(timeField());
        Filter both = own == null ? window : window == null ? own : own.and(window);
        Call<T> page = call.mutate()
                .query(FILTER, both == null ? null : both.expression())
                .build();
        return new PageLocation(target(page), 0, before, open);
    }

    /** A row that does not lie in the window it was asked for in. */
    PagingException strayed(TimeWindow window) {
        return new PagingException(
                "A row lies outside the window " + window + " of "
                        + info().paging().timeField()
                        + ", so the service does not filter as asked and the read would not be complete;"
                        + " withoutTimeWindows() reads without windows",
                ErrorContext.of(operationId()));
    }

    /** A refused filter may be ours. */
    void explain(Throwable error) {
        if (windowed && error instanceof BadRequestException refused) {
            refused.note("the filter sent is that of the call and a window of "
                    + info().paging().timeField() + "; withoutTimeWindows() reads without windows");
        }
    }

    /** Whether a page can be asked for again: the service may have acted on the first request. */
    boolean repeatable() {
        return info().replaySafety() == ReplaySafety.SAFE;
    }

    boolean byOffset() {
        return pageSize != 0;
    }

    /** Most services send no link to a call with {@code $top}: it is one page, and complete. */
    boolean limitedByTop() {
        return !linksWithTop() && call.query().containsKey(TOP);
    }

    /**
     * Whether a page without a link may have been cut by the service. Behind pages that had links it is simply the last:
     * the service does link, so the end is one. And so it is when the caller has chosen the size: then a collection may
     * have exactly that many rows. A service that links whatever the size would have linked. Otherwise a size nobody chose,
     * exactly the largest there is, and no link, are no accident.
     */
    boolean maybeTruncated(PageLocation page, long rows) {
        boolean full = rows > 0 && rows == info().paging().maxPageSize();
        return full
                && page.before() == 0
                && !truncationAllowed
                && !windowed
                && !byOffset()
                && !linksWithTop()
                && !call.query().containsKey(TOP)
                && !call.query().containsKey(PAGE_SIZE);
    }

    /** What may stand before the operation's path in a link: the service does not know the base a client is given. */
    List<String> roots() {
        return Stream.of(basePath, basePath + "/v1.0", "/api", "/api/v1.0", "/v1.0", "")
                .distinct()
                .toList();
    }

    /** Requests that so many items need at the least. */
    long callsFor(long items) {
        long most = info().paging().maxPageSize() == 0
                ? DEFAULT_PAGE_SIZE
                : info().paging().maxPageSize();
        if (byOffset()) {
            // An empty page is the end, unless all that were wanted have come.
            long wanted = Math.min(items, number(TOP, Long.MAX_VALUE));
            return pages(wanted, pageSize) + (wanted < number(TOP, Long.MAX_VALUE) ? 1 : 0);
        }
        if (limitedByTop()) {
            return 1;
        }
        if (windowed) {
            // The next window begins with the last row of the one before, and a full page has a next.
            return Math.max(1, pages(items, Math.max(1, most - 1)));
        }
        return Math.max(1, pages(items, number(linksWithTop() ? TOP : PAGE_SIZE, most)));
    }

    private static long pages(long items, long rows) {
        return items / rows + (items % rows == 0 ? 0 : 1);
    }

    PageLocation firstPage() {
        if (start != null) {
            return start.page();
        }
        if (windowed) {
            // An end by some clock would hide what is newer than that clock believes.
            return pageOf(List.of(TimeWindow.OPEN), 0);
        }
        return byOffset() ? counted(number(SKIP, 0), 0) : new PageLocation(target(call), 0, 0);
    }

    /** The page at an offset, or null when the call's {@code $top} rows have come. */
    @Nullable
    PageLocation pageAt(long offset, long before) {
        return before >= number(TOP, Long.MAX_VALUE) ? null : counted(offset, before);
    }

    private PageLocation counted(long offset, long before) {
        long rows = Math.min(pageSize, number(TOP, Long.MAX_VALUE) - before);
        Call<T> page = call.mutate()
                .query(TOP, Long.toString(rows))
                .query(SKIP, offset == 0 ? null : Long.toString(offset))
                .build();
        return new PageLocation(target(page), offset, before);
    }

    private long number(String parameter, long absent) {
        String value = call.query().get(parameter);
        return value == null ? absent : Long.parseLong(value);
    }

    private static String target(Call<?> call) {
        String query = call.renderedQuery();
        return query.isEmpty() ? call.renderedPath() : call.renderedPath() + "?" + query;
    }
}
