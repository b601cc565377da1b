package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import org.jspecify.annotations.Nullable;

/** Paging of live data by the links or cursors of the service, or by the numbers of pages. */
record NextLinkPaging<T>(PagedCall<T> call, @Nullable PageLocation start) implements PagingStrategy<T> {

    @Override
    public PageLocation firstPage() {
        return new PageLocation(call.target(), call.firstNumber(), 0);
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
        String size = call.linksWithTop() ? PagedCall.TOP : PagedCall.PAGE_SIZE;
        return Math.max(1, PagedCall.calls(items, call.number(size, call.largestPage())));
    }

    /**
     * Returns whether the only page has exactly the maximum size and no link although the caller did not choose a size,
     * which is unlikely to be a coincidence. A page after others that had links is the last one, because the service
     * evidently sends links. If the caller has chosen the size, a collection may have exactly that many rows. A service
     * that sends links with any size would have sent one, and one that is not OData needs none after a full page.
     */
    @Override
    public boolean maybeTruncated(PageLocation page, long rows) {
        return call.isOData()
                && call.isLargestPage(rows)
                && page.before() == 0
                && !call.linksWithTop()
                && !call.has(PagedCall.TOP)
                && !call.has(PagedCall.PAGE_SIZE);
    }

    @Override
    public PagingStrategy<T> withCall(PagedCall<T> other) {
        return new NextLinkPaging<>(other, start);
    }
}
