package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a collection is read; immutable.
 *
 * @param pageSize rows asked for at once when pages are counted; 0 when they follow links
 * @param start where to begin, or null for the start
 */
record PagePlan<T>(
        Call<T> call,
        PageSource<T> source,
        String basePath,
        PageTiming timing,
        int pageSize,
        int prefetch,
        boolean truncationAllowed,
        @Nullable ContinuationToken start) {

    /** Used by an operation that is counted by nature and documents no page size. */
    static final int DEFAULT_PAGE_SIZE = 1000;

    private static final String TOP = "$top";
    private static final String SKIP = "$skip";
    private static final String PAGE_SIZE = "pageSize";

    static <T> PagePlan<T> of(Call<T> call, PageSource<T> source, String basePath, PageTiming timing) {
        Paging paging = call.operation().info().paging();
        int documented = paging.maxPageSize() == 0 ? DEFAULT_PAGE_SIZE : paging.maxPageSize();
        int pageSize = paging.strategy() == Paging.Strategy.OFFSET ? documented : 0;
        return new PagePlan<>(call, source, basePath, timing, pageSize, 0, false, null);
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
            return new PagePlan<>(sized, source, basePath, timing, pageSize, prefetch, truncationAllowed, start);
        }
        if (!takes(TOP) || !takes(SKIP)) {
            throw new IllegalArgumentException(info.id() + " does not take $top and $skip, so it has no page size");
        }
        return copy(size, prefetch, truncationAllowed, start);
    }

    private boolean takes(String parameter) {
        return info().parameters().stream().anyMatch(p -> p.name().equals(parameter));
    }

    PagePlan<T> withPrefetch(int pages) {
        if (pages < 0) {
            throw new IllegalArgumentException("Prefetch is negative: " + pages);
        }
        return copy(pageSize, pages, truncationAllowed, start);
    }

    PagePlan<T> withTruncationAllowed() {
        return copy(pageSize, prefetch, true, start);
    }

    /** A token names its page size, which counts more than the plan's. */
    PagePlan<T> startingAt(ContinuationToken token) {
        if (!token.operationId().equals(operationId())) {
            throw new IllegalArgumentException(
                    "The continuation token belongs to " + token.operationId() + ", not to " + operationId());
        }
        PagePlan<T> plan = copy(token.pageSize(), prefetch, truncationAllowed, token);
        String target = token.page().target();
        boolean same = plan.byOffset()
                ? plan.counted(token.page().offset(), token.page().before()).equals(token.page())
                : below(target, List.of("")) != null;
        if (!same) {
            throw new IllegalArgumentException(
                    "The continuation token belongs to a call of " + operationId() + " with other arguments");
        }
        return plan;
    }

    private PagePlan<T> copy(int size, int pages, boolean truncation, @Nullable ContinuationToken token) {
        return new PagePlan<>(call, source, basePath, timing, size, pages, truncation, token);
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

    PageIdentity<T> identity() {
        return snapshot()
                ? new PagePrefix<>(operationId())
                : new ItemKeys<>(call.operation().key());
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
    boolean maybeTruncated(PageTarget page, long rows) {
        boolean full = rows > 0 && rows == info().paging().maxPageSize();
        return full
                && page.before() == 0
                && !truncationAllowed
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

    PageTarget firstPage() {
        if (start != null) {
            return start.page();
        }
        return byOffset() ? counted(number(SKIP, 0), 0) : new PageTarget(target(call), 0, 0);
    }

    /** The page at an offset, or null when the call's {@code $top} rows have come. */
    @Nullable
    PageTarget pageAt(long offset, long before) {
        return before >= number(TOP, Long.MAX_VALUE) ? null : counted(offset, before);
    }

    private PageTarget counted(long offset, long before) {
        long rows = Math.min(pageSize, number(TOP, Long.MAX_VALUE) - before);
        Call<T> page = call.mutate()
                .query(TOP, Long.toString(rows))
                .query(SKIP, offset == 0 ? null : Long.toString(offset))
                .build();
        return new PageTarget(target(page), offset, before);
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
