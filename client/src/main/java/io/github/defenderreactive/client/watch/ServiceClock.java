package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time of the service, as far as the dates of its responses agree. A date is believed if it agrees with earlier
 * dates and the time passed since then or, before any date is believed, with the local clock. Another date is believed
 * if {@value #CONFIRMATIONS} responses in a row agree on it: then the earlier dates were wrong, or the process was
 * suspended. Thread-safe.
 */
final class ServiceClock {

    /** Largest difference between the servers of one host name, and between the two ends of a slow response. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Largest difference from the local clock, which only decides whether the first response is believed. */
    static final Duration PLAUSIBLE = Duration.ofHours(1);

    static final int CONFIRMATIONS = 3;

    /** Largest drift of the clock of the service relative to the local one: one part in this number. */
    private static final long DRIFT = 500;

    /** The verdict about a date. */
    enum Verdict {
        /** The date agrees with the expected time. */
        BELIEVED,
        /** The date does not agree, and has no effect. */
        DOUBTED,
        /** The date is believed from now on, and replaces what was believed before. */
        CHANGED
    }

    /** The time of the service at zero nanoseconds, or null before a date is believed. */
    private @Nullable Instant zero;

    private @Nullable Instant doubtful;
    private int agreeing;
    private long lastNanos;

    /**
     * Judges the date of a response.
     *
     * @param date the date
     * @param nanos its arrival on a monotonic clock
     * @param local the local time of its arrival
     */
    synchronized Verdict heard(Instant date, long nanos, Instant local) {
        Instant heard = date.minusNanos(nanos);
        Instant believed = zero;
        if (believed != null && fits(heard, believed, TOLERANCE)) {
            agreeing = 0;
            zero = believed.plus(drift(Duration.between(believed, heard), nanos - lastNanos));
            lastNanos = nanos;
            return Verdict.BELIEVED;
        }
        if (believed == null && fits(date, local, PLAUSIBLE)) {
            return begin(heard, nanos, Verdict.BELIEVED);
        }
        Instant before = doubtful;
        agreeing = before != null && agreeing > 0 && fits(heard, before, TOLERANCE) ? agreeing + 1 : 1;
        doubtful = heard;
        return agreeing < CONFIRMATIONS
                ? Verdict.DOUBTED
                : begin(heard, nanos, believed == null ? Verdict.BELIEVED : Verdict.CHANGED);
    }

    private Verdict begin(Instant heard, long nanos, Verdict verdict) {
        zero = heard;
        lastNanos = nanos;
        agreeing = 0;
        return verdict;
    }

    private static boolean fits(Instant one, Instant other, Duration tolerance) {
        return Duration.between(one, other).abs().compareTo(tolerance) <= 0;
    }

    /**
     * Returns the correction towards a date, limited by the largest drift, so that small steps cannot add up to a large
     * one.
     */
    private static Duration drift(Duration difference, long elapsed) {
        Duration most = Duration.ofNanos(Math.max(0, elapsed) / DRIFT);
        if (difference.abs().compareTo(most) <= 0) {
            return difference;
        }
        return difference.isNegative() ? most.negated() : most;
    }

    /** Returns the time of the service at a time of the monotonic clock; null before a date is believed. */
    synchronized @Nullable Instant at(long nanos) {
        return zero == null ? null : zero.plusNanos(nanos);
    }
}
