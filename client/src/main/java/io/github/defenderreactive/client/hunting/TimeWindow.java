package io.github.defenderreactive.client.hunting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A range of time that is read by one query.
 *
 * @param from the first time, a whole tick of 100 ns
 * @param to the first time after the range, a whole tick
 * @param emitted rows that earlier queries over this range have emitted
 * @param interruptions number of queries over exactly this range that ended after their first row
 */
record TimeWindow(Instant from, Instant to, SeenRows emitted, int interruptions) {

    private static final int TICK = 100;

    /** Returns a range, extended to whole ticks. */
    static TimeWindow of(Instant from, Instant to) {
        Instant first = floor(from);
        Instant end = floor(to);
        return new TimeWindow(first, end.equals(to) ? end : end.plusNanos(TICK), new SeenRows(), 0);
    }

    private static Instant floor(Instant time) {
        return time.minusNanos(time.getNano() % TICK);
    }

    Duration length() {
        return Duration.between(from, to);
    }

    /** Returns the two halves, after these further rows were emitted. */
    List<TimeWindow> halves(SeenRows more) {
        Instant middle = floor(from.plus(length().dividedBy(2)));
        SeenRows all = emitted.with(more);
        return List.of(new TimeWindow(from, middle, all, 0), new TimeWindow(middle, to, all, 0));
    }

    /** Returns the same range, after these further rows were emitted. */
    TimeWindow interrupted(SeenRows more) {
        return new TimeWindow(from, to, emitted.with(more), interruptions + 1);
    }
}
