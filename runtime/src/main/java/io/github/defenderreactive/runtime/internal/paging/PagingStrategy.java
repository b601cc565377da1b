package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.position.PagePosition;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import org.jspecify.annotations.Nullable;

/** Strategy by which the pages of a collection are read. Immutable; a navigator holds the state of one read. */
sealed interface PagingStrategy<T> permits NextLinkPaging, SnapshotPaging, OffsetPaging, TimeWindowPaging {

    /** Returns the strategy that the operation documents. */
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

    /** Returns the call for the collection. */
    PagedCall<T> call();

    /** Returns the page to start with, or null for the first one. */
    @Nullable
    PageLocation start();

    /** Returns the first page of the collection. */
    PageLocation firstPage();

    /** Returns the navigator of one read. */
    PageNavigator<T> navigator(boolean truncationAllowed);

    /** Returns the deduplicator of one read. */
    Deduplicator<T> deduplicator();

    /** Returns the recorder of the times of a page's rows, or null if they are not needed. */
    default @Nullable WindowRowTimes<T> rowTimes(PageLocation page) {
        return null;
    }

    /** Returns whether a page is one of this call. */
    boolean reaches(PageLocation page);

    /** Returns the minimum number of calls for a number of items. */
    long estimateCalls(long items);

    /** Returns whether a page without a next page may have been truncated by the service. */
    boolean maybeTruncated(PageLocation page, long rows);

    /** Returns the number of rows per request if pages are counted by offset; otherwise 0. */
    default int pageSize() {
        return 0;
    }

    /** Returns the same strategy for another call. */
    PagingStrategy<T> withCall(PagedCall<T> other);

    /** Returns the same strategy, or links instead of time windows. */
    default PagingStrategy<T> withoutTimeWindows() {
        return this;
    }

    /** Adds to an error a likely cause that this strategy knows. */
    default Throwable explained(Throwable error) {
        return error;
    }

    /** Returns the page that a read starts with. */
    default PageLocation startPage() {
        PageLocation start = start();
        return start == null ? firstPage() : start;
    }

    /**
     * Returns a strategy with another page size, set by the page size parameter of the operation if it has one,
     * otherwise counted by offset.
     *
     * @throws IllegalArgumentException if the operation does not support that page size
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
            throw new IllegalArgumentException(
                    info.id() + " does not support a page size, because it does not accept $top and $skip");
        }
        return new OffsetPaging<>(call(), start(), size);
    }

    /**
     * Returns the strategy that resumes at the page of a token. The page size or windows of the token override those of
     * this strategy.
     *
     * @throws IllegalArgumentException if the token is for another operation or for other arguments
     */
    default PagingStrategy<T> resumeFrom(ContinuationToken token) {
        String operation = call().operationId();
        if (!token.operationId().equals(operation)) {
            throw new IllegalArgumentException(
                    "The continuation token is for " + token.operationId() + ", not for " + operation);
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
                    "The continuation token is for a call of " + operation + " with other arguments");
        }
        return resumed;
    }
}
