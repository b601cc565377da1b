package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.operation.Quota;
import java.util.concurrent.TimeUnit;

/**
 * When the last permits were given: a ring as long as the larger window's limit. Looking back by the limit of a window
 * tells when that window has room again, exactly and for every position of the window, so that two windows of the
 * service that meet never hold a double burst.
 *
 * <p>Grows with use: most groups never see their hourly limit.
 */
final class PermitLog {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final int FIRST_CAPACITY = 16;

    private final int perMinute;
    private final int perHour;
    private final int longest;
    private long[] times;
    private long given;

    PermitLog(Quota quota) {
        this.perMinute = quota.perMinute();
        this.perHour = quota.perHour();
        this.longest = Math.max(perMinute, perHour);
        this.times = new long[Math.min(FIRST_CAPACITY, longest)];
    }

    /** Nanoseconds from now until one more permit fits into both windows; 0 when it does now. */
    long nanosUntilRoom(long now) {
        return Math.max(wait(perMinute, MINUTE, now), wait(perHour, HOUR, now));
    }

    private long wait(int limit, long window, long now) {
        if (limit == 0 || given < limit) {
            return 0;
        }
        return Math.max(0, window - (now - times[slot(given - limit)]));
    }

    void give(long now) {
        if (longest == 0) {
            return;
        }
        if (given == times.length && times.length < longest) {
            times = java.util.Arrays.copyOf(times, (int) Math.min(longest, 2L * times.length));
        }
        times[slot(given)] = now;
        given++;
    }

    private int slot(long number) {
        return (int) (number % times.length);
    }
}
