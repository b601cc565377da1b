package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.rows.Fingerprint;
import io.github.defenderreactive.runtime.internal.rows.PageRows;
import io.github.defenderreactive.runtime.internal.rows.Recurrence;
import io.github.defenderreactive.runtime.internal.rows.RowCounts;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deduplicator by the ids of the current page and of the one before. Pages of live data overlap when rows move, and a
 * page that is requested again contains items that were emitted: both are recognised by id, never by position. Rows of
 * one page are distinct even if they have the same id; for a page that is received again, as many rows of an id are
 * known as were emitted.
 */
final class KeyDeduplicator<T> implements Deduplicator<T> {

    private final @Nullable Function<? super T, @Nullable String> key;
    private final PageRows<String> page = new PageRows<>(String::length);
    private final Recurrence recurrence = new Recurrence();
    private RowCounts<String> previous = page.next();
    private boolean unkeyed;
    private boolean keyed;
    private boolean fresh;

    KeyDeduplicator(@Nullable Function<? super T, @Nullable String> key) {
        this.key = key;
    }

    @Override
    public boolean admit(T item) {
        String id = key == null ? null : key.apply(item);
        if (id == null || id.isEmpty()) {
            unkeyed = true;
            recurrence.row(item.hashCode());
            return true;
        }
        keyed = true;
        recurrence.row(Fingerprint.of(id));
        // A duplicate is recorded as well, because it may also be on the next page.
        boolean admitted = page.admits(id, 0) && previous.of(id) == 0;
        fresh |= admitted;
        return admitted;
    }

    @Override
    public boolean isRetryable() {
        return !unkeyed && page.isComplete();
    }

    @Override
    public boolean isStale() {
        return (keyed && !unkeyed && !fresh) || recurrence.isLoop();
    }

    @Override
    public void retryPage() {
        page.retry();
        recurrence.retryPage();
    }

    @Override
    public void restartPage() {
        page.next();
        recurrence.retryPage();
        unkeyed = false;
        keyed = false;
        fresh = false;
    }

    /** Returns null, because rows of live data may be removed at any time. */
    @Override
    public @Nullable PagingException missing() {
        return null;
    }

    @Override
    public void endPage(@Nullable PageLocation following) {
        previous = page.next();
        recurrence.endPage();
        unkeyed = false;
        keyed = false;
        fresh = false;
    }
}
