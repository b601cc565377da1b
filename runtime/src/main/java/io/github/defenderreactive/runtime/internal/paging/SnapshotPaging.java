package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import org.jspecify.annotations.Nullable;

/** Paging of a snapshot by links. The rows of a snapshot do not change. */
record SnapshotPaging<T>(PagedCall<T> call, @Nullable PageLocation start) implements PagingStrategy<T> {

    @Override
    public PageLocation firstPage() {
        return new PageLocation(call.target(), 0, 0);
    }

    @Override
    public PageNavigator<T> navigator(boolean truncationAllowed) {
        return new NextLinkNavigator<>(call, startPage());
    }

    @Override
    public Deduplicator<T> deduplicator() {
        return call.deduplicator();
    }

    @Override
    public boolean reaches(PageLocation page) {
        return call.reaches(page.target());
    }

    @Override
    public long estimateCalls(long items) {
        if (call.isLimitedByTop()) {
            return 1;
        }
        return Math.max(1, PagedCall.calls(items, call.number(PagedCall.PAGE_SIZE, call.largestPage())));
    }

    /**
     * Returns whether the only page has exactly the maximum size although the caller did not choose a size, as for
     * {@link NextLinkPaging}.
     */
    @Override
    public boolean maybeTruncated(PageLocation page, long rows) {
        return call.isLargestPage(rows)
                && page.before() == 0
                && !call.has(PagedCall.TOP)
                && !call.has(PagedCall.PAGE_SIZE);
    }

    @Override
    public PagingStrategy<T> withCall(PagedCall<T> other) {
        return new SnapshotPaging<>(other, start);
    }
}
