package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TimeField;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time, counted in the 100 nanoseconds that the service keeps.
 *
 * @param from its first tick, or {@link #OPEN}
 * @param to the tick behind its last one
 */
record TimeWindow(long from, long to) {

    /** No beginning. */
    static final long OPEN = Long.MIN_VALUE;

    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final int NANOS_PER_TICK = 100;
    private static final char BETWEEN = '_';

    static long tick(Instant time) {
        return time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() / NANOS_PER_TICK;
    }

    static Instant instant(long tick) {
        return Instant.ofEpochSecond(
                Math.floorDiv(tick, TICKS_PER_SECOND), Math.floorMod(tick, TICKS_PER_SECOND) * NANOS_PER_TICK);
    }

    boolean holds(long tick) {
        return tick >= from && tick < to;
    }

    boolean holds(@Nullable Instant time) {
        return time != null && holds(tick(time));
    }

    /** Whether it is a single tick. */
    boolean tick() {
        return from + 1 == to;
    }

    boolean empty() {
        return from >= to;
    }

    Filter on(TimeField field) {
        Filter end = field.lt(instant(to));
        return from == OPEN ? end : field.ge(instant(from)).and(end);
    }

    /** The text {@link #parse} reads. */
    String text() {
        return (from == OPEN ? "" : Long.toString(from)) + BETWEEN + to;
    }

    /**
     * A window from its text.
     *
     * @throws NumberFormatException if a figure in it cannot be read
     * @throws StringIndexOutOfBoundsException if it has no end
     */
    static TimeWindow parse(String text) {
        int between = text.indexOf(BETWEEN);
        String from = text.substring(0, between);
        return new TimeWindow(
                from.isEmpty() ? OPEN : Long.parseLong(from), Long.parseLong(text.substring(between + 1)));
    }

    @Override
    public String toString() {
        return (from == OPEN ? "the beginning" : instant(from)) + " to " + instant(to);
    }
}
