package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time at the service, as far as the dates of its responses agree. A date is believed when it fits those before it and
 * the time that has passed since, or, as long as none is believed, the local clock. One that fits neither is believed when
 * {@value #CONFIRMATIONS} responses in a row say the same: then the others were wrong, or the process was suspended.
 * Thread-safe.
 */
final class ServiceClock {

    /** By how much the servers behind one name, and the two ends of a slow response, may differ. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Fitting the local clock, with which no more is decided than whether to believe the first response. */
    static final Duration PLAUSIBLE = Duration.ofHours(1);

    static final int CONFIRMATIONS = 3;

    /** How much faster or slower than ours the clock of the service may run: one in so many. */
    private static final long DRIFT = 500;

    /** What came of a date. */
    enum Verdict {
        /** It fits. */
        BELIEVED,
        /** It does not fit, and moves nothing. */
        DOUBTED,
        /** It is believed from now on, against what was believed before. */
        CHANGED
    }

    /** The service's time at the zero of the nanoseconds, or null as long as nothing is believed. */
    private @Nullable Instant zero;

    private @Nullable Instant doubtful;
    private int agreeing;
    private long lastNanos;

    /**
     * Judges the date of a response.
     *
     * @param date the date
     * @param nanos when it arrived, by a clock that never jumps
     * @param local the local clock then
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

    /** Towards what is heard, but only as fast as clocks drift, so that small steps cannot add up to a large one. */
    private static Duration drift(Duration difference, long elapsed) {
        Duration most = Duration.ofNanos(Math.max(0, elapsed) / DRIFT);
        if (difference.abs().compareTo(most) <= 0) {
            return difference;
        }
        return difference.isNegative() ? most.negated() : most;
    }

    /** The service's time at a moment of the clock that never jumps; null as long as no date is believed. */
    synchronized @Nullable Instant at(long nanos) {
        return zero == null ? null : zero.plusNanos(nanos);
    }
}
