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
 * The ids of the page being delivered and of the one before. Pages over live data overlap when rows move, and a page asked
 * for again brings what was delivered: both are known by id, never by position. Rows of one page are rows, also when they
 * have the same id; of a page that comes again as many are known as were delivered.
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
        // A repeat is noted as well: it may stand on the page behind this one, too.
        boolean admitted = page.admits(id, 0) && previous.of(id) == 0;
        fresh |= admitted;
        return admitted;
    }

    @Override
    public boolean resumable() {
        return !unkeyed && page.whole();
    }

    @Override
    public boolean stale() {
        return (keyed && !unkeyed && !fresh) || recurrence.circles();
    }

    @Override
    public void repeatPage() {
        page.repeat();
        recurrence.repeatPage();
    }

    @Override
    public void restartPage() {
        page.next();
        recurrence.repeatPage();
        unkeyed = false;
        keyed = false;
        fresh = false;
    }

    /** Rows of live data may go at any time. */
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
