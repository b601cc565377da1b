package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.rows.Recurrence;
import org.jspecify.annotations.Nullable;

/**
 * How many items of a page were delivered, and a digest of them. For pages of a snapshot: asked for again, such a page
 * brings the same rows in the same order, so its beginning is counted off. That it is the same beginning is not believed
 * but checked. Two numbers, however large the page.
 */
final class PrefixDeduplicator<T> implements Deduplicator<T> {

    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final String operationId;

    private long delivered;
    private long digest = SEED;

    /** Items to count off, and what their digest must be. */
    private long known;

    private long knownDigest = SEED;

    private final Recurrence recurrence = new Recurrence();

    PrefixDeduplicator(String operationId) {
        this.operationId = operationId;
    }

    @Override
    public boolean admit(T item) {
        delivered++;
        digest = mixed(digest, item.hashCode());
        if (delivered > known) {
            return true;
        }
        if (delivered == known && digest != knownDigest) {
            throw gone("the page begins with other rows");
        }
        return false;
    }

    /** Spread, because hash codes of similar rows differ in few bits. */
    private static long mixed(long digest, int hash) {
        long next = (digest ^ hash) * PRIME;
        return next ^ (next >>> 29);
    }

    @Override
    public boolean resumable() {
        return true;
    }

    /** Equal rows are no proof of a loop, but many pages that are equal as a whole are. */
    @Override
    public boolean stale() {
        recurrence.repeatPage();
        recurrence.row(digest);
        return recurrence.circles();
    }

    @Override
    public void repeatPage() {
        if (delivered > known) {
            known = delivered;
            knownDigest = digest;
        }
        delivered = 0;
        digest = SEED;
    }

    @Override
    public void restartPage() {
        delivered = 0;
        digest = SEED;
        known = 0;
        knownDigest = SEED;
    }

    @Override
    public @Nullable PagingException missing() {
        return delivered < known ? gone("the page ends before the rows delivered of it") : null;
    }

    @Override
    public void endPage(@Nullable PageLocation following) {
        recurrence.endPage();
        restartPage();
    }

    private PagingException gone(String found) {
        return new PagingException(
                "A page that broke off was asked for again, and " + found + ": its snapshot is gone. Read the"
                        + " collection from its start, or go on from the continuation token with this page's items"
                        + " repeated",
                ErrorContext.of(operationId));
    }
}
