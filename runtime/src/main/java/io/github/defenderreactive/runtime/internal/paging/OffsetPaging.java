package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import org.jspecify.annotations.Nullable;

/**
 * Paging by offset. A {@code $top} of the call is the total number of rows.
 *
 * @param pageSize rows per request
 */
record OffsetPaging<T>(PagedCall<T> call, @Nullable PageLocation start, int pageSize) implements PagingStrategy<T> {

    @Override
    public PageLocation firstPage() {
        return counted(call.number(PagedCall.SKIP, 0), 0);
    }

    @Override
    public PageNavigator<T> navigator(boolean truncationAllowed) {
        return new OffsetNavigator<>(this);
    }

    @Override
    public Deduplicator<T> deduplicator() {
        return call.deduplicator();
    }

    /** Returns the page at an offset, or null if the {@code $top} rows of the call were received. */
    @Nullable
    PageLocation pageAt(long offset, long before) {
        return before >= wanted() ? null : counted(offset, before);
    }

    private PageLocation counted(long offset, long before) {
        long rows = Math.min(pageSize, wanted() - before);
        String target = call.with(PagedCall.TOP, Long.toString(rows))
                .with(PagedCall.SKIP, offset == 0 ? null : Long.toString(offset))
                .target();
        return new PageLocation(target, offset, before);
    }

    private long wanted() {
        return call.number(PagedCall.TOP, Long.MAX_VALUE);
    }

    @Override
    public boolean reaches(PageLocation page) {
        return counted(page.offset(), page.before()).equals(page);
    }

    /** Includes the empty page at the end, unless {@code $top} ends the read before it. */
    @Override
    public long estimateCalls(long items) {
        long rows = Math.min(items, wanted());
        return PagedCall.calls(rows, pageSize) + (rows < wanted() ? 1 : 0);
    }

    @Override
    public boolean maybeTruncated(PageLocation page, long rows) {
        return false;
    }

    @Override
    public PagingStrategy<T> withCall(PagedCall<T> other) {
        return new OffsetPaging<>(other, start, pageSize);
    }
}
