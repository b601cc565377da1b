package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One read of all changes since a time. Its signals are serial, so visibility is enough. */
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

    /** Returns the number of the poll, from 1. */
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

    /** Returns the start of the poll in nanoseconds of the monotonic clock. */
    long began() {
        return began;
    }

    /** Records that a response had a date, whether it is believed or not. */
    void dated() {
        dated = true;
    }

    boolean isDated() {
        return dated;
    }

    /** Records a believed date. The first one is kept, because later changes may be missing on the first page. */
    synchronized void believed(Instant heard) {
        Instant earliest = date;
        if (earliest == null || heard.isBefore(earliest)) {
            date = heard;
        }
    }

    /** Discards the dates that were believed so far. */
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

    /** Returns the number of rows from before the start of the poll. */
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
