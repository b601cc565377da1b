package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.json.Envelope;
import org.jspecify.annotations.Nullable;

/** Navigator that counts the rows received. An empty page is the end. */
final class OffsetNavigator<T> implements PageNavigator<T> {

    private final OffsetPaging<T> paging;

    OffsetNavigator(OffsetPaging<T> paging) {
        this.paging = paging;
    }

    @Override
    public @Nullable PageLocation after(PageLocation page, Envelope read, @Nullable WindowRowTimes<T> times) {
        return read.items() == 0 ? null : paging.pageAt(page.offset() + read.items(), page.before() + read.items());
    }
}
