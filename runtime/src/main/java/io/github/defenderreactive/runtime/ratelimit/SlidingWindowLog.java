package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.internal.ratelimit.ReportedLimit;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The times of the last permits, in a ring that is as long as the limit of the larger window. The entry that lies the
 * limit of a window back determines exactly when that window has room again, for every position of the window, so that
 * two adjacent windows of the service never contain a double burst.
 *
 * <p>Grows with use, because most groups never reach their hourly limit. Thread-safe, because a forecast reads it while
 * permits are given; no thread waits under the lock.
 */
final class SlidingWindowLog {

    /** A time that is never reached, with room for additions. */
    static final long NEVER = Long.MAX_VALUE / 4;

    private static final int FIRST_CAPACITY = 16;

    /**
     * Additional rounds of the slower window, after those with a reported limit, in which earlier permits may matter.
     */
    private static final int IRREGULAR_ROUNDS = 2;

    /** Without a documented limit, the number of permits in which a reported limit may matter. */
    private static final long IRREGULAR_PERMITS = 100_000;

    private final PermitWindow minute;
    private final PermitWindow hour;
    private long[] times;
    private long given;

    SlidingWindowLog(Quota quota) {
        this(
                new PermitWindow(quota.perMinute(), TimeUnit.MINUTES.toNanos(1)),
                new PermitWindow(quota.perHour(), TimeUnit.HOURS.toNanos(1)),
                new long[0],
                0);
    }

    private SlidingWindowLog(PermitWindow minute, PermitWindow hour, long[] times, long given) {
        this.minute = minute;
        this.hour = hour;
        this.times = times;
        this.given = given;
    }

    /** Returns the nanoseconds until one more permit may fit into both windows; 0 if it fits now. */
    synchronized long nanosUntilPermit(long now) {
        return Math.max(wait(minute, now), wait(hour, now));
    }

    private long wait(PermitWindow window, long now) {
        int limit = window.limit(now);
        // the ring may be shorter than the limit if a larger one was reported after the last permit
        if (limit == 0 || Math.min(given, times.length) < limit) {
            return 0;
        }
        long wait = window.length() - (now - times[slot(given - limit)]);
        return Math.max(0, Math.min(wait, window.nanosUntilChange(now)));
    }

    synchronized void give(long now) {
        int longest = Math.max(minute.largest(), hour.largest());
        if (longest == 0) {
            return;
        }
        if (given >= times.length && times.length < longest) {
            grow((int) Math.min(longest, Math.max(FIRST_CAPACITY, 2L * times.length)));
        }
        times[slot(given)] = now;
        given++;
    }

    /** Applies a limit that the service reported. A limit of another window is ignored. */
    synchronized void applyReportedLimit(ReportedLimit reported, long now) {
        for (PermitWindow known : new PermitWindow[] {minute, hour}) {
            if (Duration.ofNanos(known.length()).equals(reported.window())) {
                known.applyReportedLimit(reported.calls(), now);
            }
        }
    }

    /**
     * Returns the nanoseconds in which one permit becomes available at the rate of the slower window; 0 without a
     * limit.
     */
    synchronized long refill(long now) {
        return Math.max(minute.refill(now), hour.refill(now));
    }

    synchronized int perMinute(long now) {
        return minute.limit(now);
    }

    synchronized int perHour(long now) {
        return hour.limit(now);
    }

    /**
     * Returns the nanoseconds until the last of the given number of permits, if no other call arrives; at most
     * {@link #NEVER}. Distant permits are periodic: the window with the lower rate gives its number once in its
     * length.
     */
    long nanosUntil(long permits, long now) {
        PermitWindow slower = minute.isSlowerThan(hour) ? minute : hour;
        if (slower.documented() == 0) {
            return copy().give(Math.min(permits, IRREGULAR_PERMITS), now) - now;
        }
        long different = PermitWindow.REPORTED_LIMIT_LIFETIME / slower.length() + IRREGULAR_ROUNDS;
        long rounds = Math.max(0, permits / slower.documented() - different);
        if (rounds > NEVER / slower.length()) {
            return NEVER;
        }
        return copy().give(permits - rounds * slower.documented(), now) - now + rounds * slower.length();
    }

    /** Gives the permits as soon as each is available, and returns the time of the last one. */
    private long give(long permits, long now) {
        long at = now;
        for (long i = 0; i < permits; i++) {
            for (long wait = nanosUntilPermit(at); wait > 0; wait = nanosUntilPermit(at)) {
                at += wait;
            }
            give(at);
        }
        return at;
    }

    private synchronized SlidingWindowLog copy() {
        return new SlidingWindowLog(minute.copy(), hour.copy(), times.clone(), given);
    }

    /** Copies the entries in order from the start, because the slots of a longer ring differ. */
    private void grow(int size) {
        int kept = (int) Math.min(given, times.length);
        long[] longer = new long[size];
        for (int i = 0; i < kept; i++) {
            longer[i] = times[slot(given - kept + i)];
        }
        times = longer;
        given = kept;
    }

    private int slot(long number) {
        return (int) (number % times.length);
    }
}
