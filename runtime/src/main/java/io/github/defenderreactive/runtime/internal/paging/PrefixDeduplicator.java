package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.rows.Recurrence;
import org.jspecify.annotations.Nullable;

/**
 * Deduplicator by the number and a digest of the emitted items of a page. Used for pages of a snapshot: when requested
 * again, such a page contains the same rows in the same order, so its beginning is skipped. The digest verifies that
 * the beginning is the same. The state is two numbers for a page of any size.
 */
final class PrefixDeduplicator<T> implements Deduplicator<T> {

    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final String operationId;

    private long delivered;
    private long digest = SEED;

    /** Number of items to skip, and their expected digest. */
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
            throw gone("it begins with other rows");
        }
        return false;
    }

    /** Returns the next digest. The hash is spread, because hash codes of similar rows differ in few bits. */
    private static long mixed(long digest, int hash) {
        long next = (digest ^ hash) * PRIME;
        return next ^ (next >>> 29);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }

    /**
     * Returns whether the pages form a loop. Equal rows do not prove a loop, but many pages that are equal as a whole
     * do.
     */
    @Override
    public boolean isStale() {
        recurrence.retryPage();
        recurrence.row(digest);
        return recurrence.isLoop();
    }

    @Override
    public void retryPage() {
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
        return delivered < known ? gone("it ends before the rows already emitted") : null;
    }

    @Override
    public void endPage(@Nullable PageLocation following) {
        recurrence.endPage();
        restartPage();
    }

    private PagingException gone(String found) {
        return new PagingException(
                "A page was requested again, but " + found + ": its snapshot no longer exists. Read the"
                        + " collection from its start, or resume from the continuation token, which emits the items of"
                        + " this page again",
                ErrorContext.of(operationId));
    }
}
