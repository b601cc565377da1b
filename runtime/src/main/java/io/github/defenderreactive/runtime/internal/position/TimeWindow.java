package io.github.defenderreactive.runtime.internal.position;

import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TimeField;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A time window, in ticks of the 100 nanoseconds that are the precision of the service.
 *
 * @param from the first tick, or {@link #NO_BEGINNING}
 * @param to the tick after the last one, or {@link #NO_END}
 */
public record TimeWindow(long from, long to) {

    public static final long NO_BEGINNING = Long.MIN_VALUE;

    public static final long NO_END = Long.MAX_VALUE;

    /** The unbounded window. */
    public static final TimeWindow OPEN = new TimeWindow(NO_BEGINNING, NO_END);

    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final int NANOS_PER_TICK = 100;
    private static final long MOST_SECONDS = NO_END / TICKS_PER_SECOND - 1;
    private static final char BETWEEN = '_';

    /**
     * Returns the tick of a time. Times that exceed 64 bits, tens of thousands of years from now, become the last tick.
     */
    public static long tick(Instant time) {
        long seconds = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, time.getEpochSecond()));
        return seconds * TICKS_PER_SECOND + time.getNano() / NANOS_PER_TICK;
    }

    public static Instant instant(long tick) {
        return Instant.ofEpochSecond(
                Math.floorDiv(tick, TICKS_PER_SECOND), Math.floorMod(tick, TICKS_PER_SECOND) * NANOS_PER_TICK);
    }

    public boolean holds(long tick) {
        return tick >= from && tick < to;
    }

    public boolean holds(@Nullable Instant time) {
        return time != null && holds(tick(time));
    }

    /** Returns whether the window is a single tick. */
    public boolean tick() {
        return from + 1 == to;
    }

    public boolean empty() {
        return from >= to;
    }

    /** Returns the filter that selects the window, or null if none is needed. */
    @Nullable
    public Filter on(TimeField field) {
        return Stream.of(
                        from == NO_BEGINNING ? null : field.ge(instant(from)),
                        to == NO_END ? null : field.lt(instant(to)))
                .filter(Objects::nonNull)
                .reduce(Filter::and)
                .orElse(null);
    }

    /** Returns the text that {@link #parse} accepts. */
    public String text() {
        return (from == NO_BEGINNING ? "" : Long.toString(from)) + BETWEEN + (to == NO_END ? "" : Long.toString(to));
    }

    /**
     * Parses the text of a window.
     *
     * @throws NumberFormatException if a number is invalid
     * @throws StringIndexOutOfBoundsException if the separator is missing
     */
    public static TimeWindow parse(String text) {
        int between = text.indexOf(BETWEEN);
        String from = text.substring(0, between);
        String to = text.substring(between + 1);
        return new TimeWindow(
                from.isEmpty() ? NO_BEGINNING : Long.parseLong(from), to.isEmpty() ? NO_END : Long.parseLong(to));
    }

    @Override
    public String toString() {
        return (from == NO_BEGINNING ? "the beginning" : instant(from)) + " to "
                + (to == NO_END ? "the end" : instant(to));
    }
}
