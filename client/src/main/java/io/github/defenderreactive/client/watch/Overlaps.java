package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The overlaps of a watch, from the shallowest to the deepest, and when each was read. A poll begins the overlap's depth
 * before the watermark that stood when that overlap was read the last time: an item that became visible since then,
 * no later than the depth after its update, must lie behind that point.
 *
 * <p>The deepest is read a quarter deeper than it promises: what is found there shows that items come later than was
 * thought.
 *
 * <p>A watermark that proves to lie in the service's future is moved back to where it stood before it can have been wrong:
 * an hour or two ago. What was seen since then is remembered for as long.
 */
final class Overlaps {

    private static final int MARGIN = 4;

    /** How long dates must have agreed before what they moved counts as safe. */
    private static final Duration PROBATION = Duration.ofHours(1);

    private final List<Overlap> levels;
    private final Instant[] read;
    /** Nanoseconds; null for one that is due. */
    private final @Nullable Long[] readAt;

    private Instant start;
    private Instant watermark;

    /** Where to go back to. */
    private Instant safe;

    private Instant nextSafe;
    private long safeSince;

    /** All are due at once: nobody knows what came while no one was watching. */
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

    /** The deepest level that is due. */
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

    /** Where a poll of a level begins. */
    Instant from(int level) {
        Instant from = level == deepest()
                ? horizon()
                : read[level].minus(levels.get(level).depth());
        return from.isBefore(start) ? start : from;
    }

    /** Earlier than any later poll can begin, as things stand. */
    Instant horizon() {
        return deepestBefore(read[deepest()]);
    }

    /**
     * What was last updated before need not be remembered, even if the watermark is moved back: to what is safe or, if
     * that is in the future too, to the newest update seen.
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

    /** Whether an item, not known before, came later than the deepest overlap promises to catch. */
    boolean late(Instant updated) {
        return updated.isBefore(read[deepest()].minus(levels.get(deepest()).depth()));
    }

    /**
     * A poll of a level is complete.
     *
     * @param serverDate up to where; null when that is not known, so that the watermark stays
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

    /** Other dates are believed from now on than those that moved the watermark so far. */
    void datesChanged(long nanos) {
        safe = watermark;
        nextSafe = watermark;
        safeSince = nanos;
    }

    /**
     * Leaves the future, if that is where it stands.
     *
     * @param now the service's time
     * @param newest the newest update seen that is not later, or null; the watch has been as far as that
     * @param beginning the service's time when the watch began, or null when it did not begin with its own now
     * @return whether it was
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

    /** Sorted by depth, for the arithmetic above. */
    static List<Overlap> ordered(List<Overlap> levels) {
        List<Overlap> sorted = new ArrayList<>(levels);
        sorted.sort((one, other) -> one.depth().compareTo(other.depth()));
        return sorted;
    }
}
