package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import org.jspecify.annotations.Nullable;

/** Pages of live data that follow the links of the service. */
record NextLinkPaging<T>(PagedCall<T> call, @Nullable PageLocation start) implements PagingStrategy<T> {

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
        String size = call.linksWithTop() ? PagedCall.TOP : PagedCall.PAGE_SIZE;
        return Math.max(1, PagedCall.calls(items, call.number(size, call.largestPage())));
    }

    /**
     * After pages that had links it is simply the last: the service does link, so the end is one. The same holds if the
     * caller has chosen the size: then a collection may have exactly that many rows. A service that links whatever the size
     * would have linked. Otherwise a size that was not chosen, exactly the largest there is, and no link, are no accident.
     */
    @Override
    public boolean maybeTruncated(PageLocation page, long rows) {
        return call.isLargestPage(rows)
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
