package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.PagePosition;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import org.jspecify.annotations.Nullable;

/** A way in which the pages of a collection follow one another. Immutable; a navigator holds the state of one read. */
sealed interface PagingStrategy<T> permits NextLinkPaging, SnapshotPaging, OffsetPaging, TimeWindowPaging {

    /** The strategy that the operation documents. */
    static <T> PagingStrategy<T> of(PagedCall<T> call) {
        return switch (call.info().paging().strategy()) {
            case OFFSET -> new OffsetPaging<>(call, null, call.largestPage());
            case TIME_WINDOW ->
                TimeWindowPaging.applies(call) ? new TimeWindowPaging<>(call, null) : new NextLinkPaging<>(call, null);
            default -> links(call, null);
        };
    }

    private static <T> PagingStrategy<T> links(PagedCall<T> call, @Nullable PageLocation start) {
        return call.isSnapshot() ? new SnapshotPaging<>(call, start) : new NextLinkPaging<>(call, start);
    }

    /** The call for the collection. */
    PagedCall<T> call();

    /** The page to start with, or null for the first one. */
    @Nullable
    PageLocation start();

    /** The first page of the collection. */
    PageLocation firstPage();

    /** The state of one read. */
    PageNavigator<T> navigator(boolean truncationAllowed);

    /** What drops the items that come twice, of one read. */
    Deduplicator<T> deduplicator();

    /** What notes the times of a page's rows, or null if they do not matter. */
    default @Nullable WindowRowTimes<T> rowTimes(PageLocation page) {
        return null;
    }

    /** Whether a page is one of this call. */
    boolean reaches(PageLocation page);

    /** The fewest calls for so many items. */
    long estimateCalls(long items);

    /** Whether a page that names no next one may have been cut by the service. */
    boolean maybeTruncated(PageLocation page, long rows);

    /** Rows requested at once when pages are counted; 0 if they are not. */
    default int pageSize() {
        return 0;
    }

    /** The same strategy for another call. */
    PagingStrategy<T> withCall(PagedCall<T> other);

    /** The same strategy, or links instead of windows of time. */
    default PagingStrategy<T> withoutTimeWindows() {
        return this;
    }

    /** Adds to an error what this strategy knows of its cause. */
    default Throwable explained(Throwable error) {
        return error;
    }

    /** The page that a read starts with. */
    default PageLocation startPage() {
        PageLocation start = start();
        return start == null ? firstPage() : start;
    }

    /**
     * Pages of another size: by the parameter that the operation has for it, else counted by offset.
     *
     * @throws IllegalArgumentException if the operation has no pages of that size
     */
    default PagingStrategy<T> withPageSize(int size) {
        OperationInfo info = call().info();
        int most = info.paging().maxPageSize();
        if (size < 1 || (most != 0 && size > most)) {
            throw new IllegalArgumentException(
                    info.id() + ": page size must be " + (most == 0 ? ">= 1" : "from 1 to " + most) + ", was " + size);
        }
        String parameter = call().sizeParameter();
        if (parameter != null) {
            return withCall(call().with(parameter, Integer.toString(size)));
        }
        if (!call().takes(PagedCall.TOP) || !call().takes(PagedCall.SKIP)) {
            throw new IllegalArgumentException(info.id() + " does not take $top and $skip, so it has no page size");
        }
        return new OffsetPaging<>(call(), start(), size);
    }

    /**
     * The strategy of a token, from its page on. The token's page size or windows count more than those of this strategy.
     *
     * @throws IllegalArgumentException if the token belongs to another operation or other arguments
     */
    default PagingStrategy<T> resumeFrom(ContinuationToken token) {
        String operation = call().operationId();
        if (!token.operationId().equals(operation)) {
            throw new IllegalArgumentException(
                    "The continuation token belongs to " + token.operationId() + ", not to " + operation);
        }
        PagePosition position = PagePosition.parse(token.toString());
        PageLocation page = position.page();
        PagingStrategy<T> resumed = !page.windows().isEmpty()
                ? new TimeWindowPaging<>(call(), page)
                : position.pageSize() != 0
                        ? new OffsetPaging<>(call(), page, position.pageSize())
                        : links(call(), page);
        if (!resumed.reaches(page)) {
            throw new IllegalArgumentException(
                    "The continuation token belongs to a call of " + operation + " with other arguments");
        }
        return resumed;
    }
}
