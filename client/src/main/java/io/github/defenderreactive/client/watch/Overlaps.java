package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The overlaps of a watch, from the shallowest to the deepest, and when each was read. A poll begins the overlap's depth
 * before the watermark that stood when that overlap was read the last time: an item that became visible since then,
 * no later than the depth after its update, must lie behind that point.
 *
 * <p>The deepest is read a quarter deeper than it promises: what is found there shows that items come later than was
 * thought.
 */
final class Overlaps {

    private static final int MARGIN = 4;

    private final List<Overlap> levels;
    private final Instant start;
    private final Instant[] read;
    private final Instant[] readAt;
    private Instant watermark;

    /** All are due at once: nobody knows what came while no one was watching. */
    Overlaps(List<Overlap> levels, Cursor cursor) {
        this.levels = List.copyOf(levels);
        this.start = cursor.start();
        this.watermark = cursor.watermark();
        this.read = new Instant[levels.size()];
        this.readAt = new Instant[levels.size()];
        for (int level = 0; level < read.length; level++) {
            read[level] = cursor.swept();
            readAt[level] = Instant.MAX;
        }
    }

    /** The deepest level that is due. */
    int due(Instant now) {
        int level = 0;
        for (int deeper = 1; deeper < readAt.length; deeper++) {
            // One that was read in the future was not: the clock has been set back.
            if (now.isBefore(readAt[deeper])
                    || !now.isBefore(readAt[deeper].plus(levels.get(deeper).every()))) {
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

    /** Earlier than any later poll can begin: what was last updated before need not be remembered. */
    Instant horizon() {
        Duration depth = levels.get(deepest()).depth();
        return read[deepest()].minus(depth).minus(depth.dividedBy(MARGIN));
    }

    /** Whether an item, not known before, came later than the deepest overlap promises to catch. */
    boolean late(Instant updated) {
        return updated.isBefore(read[deepest()].minus(levels.get(deepest()).depth()));
    }

    /** A poll of a level is complete. */
    void completed(int level, Instant serverDate, Instant now) {
        if (serverDate.isAfter(watermark)) {
            watermark = serverDate;
        }
        for (int done = 0; done <= level; done++) {
            read[done] = watermark;
            readAt[done] = now;
        }
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
