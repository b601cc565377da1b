package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.internal.ratelimit.ReportedLimit;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When the last permits were given: a ring as long as the larger window's limit. Looking back by the limit of a window
 * tells when that window has room again, exactly and for every position of the window, so that two windows of the
 * service that meet never hold a double burst.
 *
 * <p>Grows with use: most groups never see their hourly limit. Safe for several threads, because a forecast looks at it
 * while permits are given; nobody waits inside.
 */
final class SlidingWindowLog {

    /** A time nobody waits for, and with which can still be counted. */
    static final long FOREVER = Long.MAX_VALUE / 4;

    private static final int FIRST_CAPACITY = 16;

    /** Rounds of the slower window, behind those with a learned limit, in which what was given before can matter. */
    private static final int ROUNDS_DIFFERENT = 2;

    /** Without a documented limit, as many permits in which what was learned can matter. */
    private static final long ALL_DIFFERENT = 100_000;

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

    /** Nanoseconds from now until one more permit may fit into both windows; 0 when it does now. */
    synchronized long nanosUntilRoom(long now) {
        return Math.max(wait(minute, now), wait(hour, now));
    }

    private long wait(PermitWindow window, long now) {
        int limit = window.limit(now);
        // The ring may still be as long as a smaller limit: a larger one was learned since the last permit.
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

    /** Keeps to fewer for a time, because the service does. A window of another length is not kept here. */
    synchronized void applyReportedLimit(ReportedLimit seen, long now) {
        for (PermitWindow known : new PermitWindow[] {minute, hour}) {
            if (Duration.ofNanos(known.length()).equals(seen.window())) {
                known.learn(seen.calls(), now);
            }
        }
    }

    /** Nanoseconds in which one permit comes back at the rate of the slower window; 0 without a limit. */
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
     * Nanoseconds until the last of so many permits, if nobody else comes; at most {@link #FOREVER}. What is far off
     * repeats itself: the window with the lower rate gives its number once in its length.
     */
    long nanosUntil(long permits, long now) {
        PermitWindow slower = minute.isSlowerThan(hour) ? minute : hour;
        if (slower.documented() == 0) {
            return copy().give(Math.min(permits, ALL_DIFFERENT), now) - now;
        }
        long different = PermitWindow.LEARNED_FOR / slower.length() + ROUNDS_DIFFERENT;
        long rounds = Math.max(0, permits / slower.documented() - different);
        if (rounds > FOREVER / slower.length()) {
            return FOREVER;
        }
        return copy().give(permits - rounds * slower.documented(), now) - now + rounds * slower.length();
    }

    /** Gives so many as soon as each may be given; tells when the last one was. */
    private long give(long permits, long now) {
        long at = now;
        for (long i = 0; i < permits; i++) {
            for (long wait = nanosUntilRoom(at); wait > 0; wait = nanosUntilRoom(at)) {
                at += wait;
            }
            give(at);
        }
        return at;
    }

    private synchronized SlidingWindowLog copy() {
        return new SlidingWindowLog(minute.copy(), hour.copy(), times.clone(), given);
    }

    /** In order from the start, for the slots of a longer ring are others. */
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
