package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The overlaps of a watch, from the shallowest to the deepest, and the time of the last poll of each. A poll starts at
 * the watermark of the previous poll with the same overlap, minus the depth of the overlap: an item that became visible
 * since then, within that depth after its update, must have been updated after that point.
 *
 * <p>The deepest overlap is read a quarter deeper than promised. An item that is found there shows that items become
 * visible later than expected.
 *
 * <p>A watermark that proves to be later than the time of the service is moved back to its position one to two hours
 * ago, before it can have been wrong. The versions seen since then are remembered for that time.
 */
final class Overlaps {

    private static final int MARGIN = 4;

    /** How long dates must have agreed before a watermark that they moved is safe. */
    private static final Duration PROBATION = Duration.ofHours(1);

    private final List<Overlap> levels;
    private final Instant[] read;
    /** Nanoseconds of the last poll of each overlap; null if the overlap is due. */
    private final @Nullable Long[] readAt;

    private Instant start;
    private Instant watermark;

    /** The watermark to return to. */
    private Instant safe;

    private Instant nextSafe;
    private long safeSince;

    /** All overlaps are due at once, because items may have changed while no watch was running. */
    Overlaps(List<Overlap> levels, Cursor cursor, long nanos) {
        this.levels = List.copyOf(levels);
        this.start = cursor.start();
        this.watermark = cursor.watermark();
        this.read = new Instant[levels.size()];
        this.readAt = new Long[levels.size()];
        for (int level = 0; level < read.length; level++) {
            read[level] = earlier(cursor.swept(), watermark);
        }
        this.safe = watermark;
        this.nextSafe = watermark;
        this.safeSince = nanos;
    }

    /** Returns the deepest level that is due. */
    int due(long nanos) {
        int level = 0;
        for (int deeper = 1; deeper < readAt.length; deeper++) {
            Long at = readAt[deeper];
            if (at == null || nanos - at >= levels.get(deeper).every().toNanos()) {
                level = deeper;
            }
        }
        return level;
    }

    /** Returns the start of a poll of a level. */
    Instant from(int level) {
        Instant from = level == deepest()
                ? horizon()
                : read[level].minus(levels.get(level).depth());
        return from.isBefore(start) ? start : from;
    }

    /** Returns a time before which no later poll can start, unless the watermark is moved back. */
    Instant horizon() {
        return deepestBefore(read[deepest()]);
    }

    /**
     * Returns the time before which versions need not be remembered, even if the watermark is moved back to the safe
     * one or, if that is in the future too, to the newest update seen.
     *
     * @param newest the newest update seen up to the watermark, or null
     */
    Instant forgettable(@Nullable Instant newest) {
        return deepestBefore(earlier(earlier(read[deepest()], safe), newest));
    }

    private Instant deepestBefore(Instant time) {
        Duration depth = levels.get(deepest()).depth();
        return time.minus(depth).minus(depth.dividedBy(MARGIN));
    }

    /** Returns whether an unknown item became visible later than the deepest overlap promises. */
    boolean late(Instant updated) {
        return updated.isBefore(read[deepest()].minus(levels.get(deepest()).depth()));
    }

    /**
     * Records that a poll of a level is complete.
     *
     * @param serverDate the time up to which it has read everything; null if unknown, so that the watermark stays
     */
    void completed(int level, @Nullable Instant serverDate, long nanos) {
        if (serverDate != null && serverDate.isAfter(watermark)) {
            watermark = serverDate;
        }
        for (int done = 0; done <= level; done++) {
            read[done] = watermark;
            readAt[done] = nanos;
        }
        if (nanos - safeSince >= PROBATION.toNanos()) {
            safe = nextSafe;
            nextSafe = watermark;
            safeSince = nanos;
        }
    }

    /** Records that other dates are believed from now on than those that moved the watermark so far. */
    void datesChanged(long nanos) {
        safe = watermark;
        nextSafe = watermark;
        safeSince = nanos;
    }

    /**
     * Moves the watermark back if it is later than the time of the service.
     *
     * @param now the time of the service
     * @param newest the newest update seen up to that time, or null; the watch has read up to there
     * @param beginning the time of the service when the watch started, or null if the watch did not start at that time
     * @return whether it was moved
     */
    boolean leaveTheFuture(Instant now, @Nullable Instant newest, @Nullable Instant beginning) {
        Instant latest = now.plus(ServiceClock.TOLERANCE);
        if (!watermark.isAfter(latest) && !start.isAfter(latest)) {
            return false;
        }
        Instant reached = earlier(now, newest);
        if (start.isAfter(latest)) {
            start = earlier(reached, beginning);
        }
        Instant to = safe.isAfter(now) ? reached : safe;
        watermark = to.isBefore(start) ? start : to;
        for (int level = 0; level < read.length; level++) {
            read[level] = earlier(read[level], watermark);
            readAt[level] = null;
        }
        safe = watermark;
        nextSafe = watermark;
        return true;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    Cursor cursor() {
        return new Cursor(start, watermark, read[deepest()]);
    }

    private int deepest() {
        return levels.size() - 1;
    }

    /** Sorts the overlaps by depth, as the methods above require. */
    static List<Overlap> ordered(List<Overlap> levels) {
        List<Overlap> sorted = new ArrayList<>(levels);
        sorted.sort((one, other) -> one.depth().compareTo(other.depth()));
        return sorted;
    }
}
