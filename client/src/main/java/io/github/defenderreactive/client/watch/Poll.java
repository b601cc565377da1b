package io.github.defenderreactive.client.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One read of all that changed since a time. Its signals follow one another, so visibility is enough. */
final class Poll {

    private final int number;
    private final int level;
    private final Instant from;
    private final Cursor cursor;
    private final Instant horizon;
    private final long began;
    private volatile @Nullable Instant date;
    private volatile boolean dated;
    private volatile boolean complete;
    private volatile long rows;
    private volatile long strayed;
    private volatile long delivered;

    Poll(int number, int level, Instant from, Cursor cursor, Instant horizon, long began) {
        this.number = number;
        this.level = level;
        this.from = from;
        this.cursor = cursor;
        this.horizon = horizon;
        this.began = began;
    }

    /** Counted from 1. */
    int number() {
        return number;
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

    /** Nanoseconds of the clock that never jumps. */
    long began() {
        return began;
    }

    /** A response had a date, to be believed or not. */
    void dated() {
        dated = true;
    }

    boolean isDated() {
        return dated;
    }

    /** The first date counts: what changed after it may be missing on the first page. */
    synchronized void believed(Instant heard) {
        Instant earliest = date;
        if (earliest == null || heard.isBefore(earliest)) {
            date = heard;
        }
    }

    /** Dates that were believed so far are not believed any more. */
    void disbelieve() {
        date = null;
    }

    @Nullable
    Instant date() {
        return date;
    }

    synchronized void row() {
        rows++;
    }

    synchronized void stray() {
        strayed++;
    }

    synchronized void delivery() {
        delivered++;
    }

    long rows() {
        return rows;
    }

    /** Rows that were not asked for. */
    long strayed() {
        return strayed;
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
