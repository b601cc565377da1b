package io.github.defenderreactive.client.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One read of all that changed since a time. Its signals follow one another, so visibility is enough. */
final class Poll {

    private final int level;
    private final Instant from;
    private final Cursor cursor;
    private final Instant horizon;
    private volatile @Nullable Instant date;
    private volatile boolean complete;
    private volatile long rows;
    private volatile long delivered;

    Poll(int level, Instant from, Cursor cursor, Instant horizon) {
        this.level = level;
        this.from = from;
        this.cursor = cursor;
        this.horizon = horizon;
    }

    int level() {
        return level;
    }

    Instant from() {
        return from;
    }

    Cursor cursor() {
        return cursor;
    }

    Instant horizon() {
        return horizon;
    }

    /** The first date counts: what changed after it may be missing on the first page. */
    synchronized void dated(Instant answer) {
        Instant earliest = date;
        if (earliest == null || answer.isBefore(earliest)) {
            date = answer;
        }
    }

    @Nullable
    Instant date() {
        return date;
    }

    synchronized void row() {
        rows++;
    }

    synchronized void delivery() {
        delivered++;
    }

    long rows() {
        return rows;
    }

    long delivered() {
        return delivered;
    }

    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }
}
