package io.github.defenderreactive.runtime.ratelimit;

import java.util.concurrent.TimeUnit;

/** The limit of a minute or an hour: the documented one, or a lower one that the service reported. */
final class PermitWindow {

    /** The time for which a reported limit applies. */
    static final long REPORTED_LIMIT_LIFETIME = TimeUnit.HOURS.toNanos(1);

    private final int documented;
    private final long length;
    private int reported;
    private long reportedAt;
    private int largest;

    PermitWindow(int documented, long length) {
        this.documented = documented;
        this.length = length;
        this.largest = documented;
    }

    PermitWindow copy() {
        PermitWindow copy = new PermitWindow(documented, length);
        copy.reported = reported;
        copy.reportedAt = reportedAt;
        copy.largest = largest;
        return copy;
    }

    int documented() {
        return documented;
    }

    /** Returns whether this window has the lower rate. */
    boolean isSlowerThan(PermitWindow other) {
        return documented != 0
                && (other.documented == 0 || documented * (double) other.length < other.documented * (double) length);
    }

    long length() {
        return length;
    }

    /** Returns the calls allowed now; 0 means unlimited. */
    int limit(long now) {
        return reported != 0 && now - reportedAt < REPORTED_LIMIT_LIFETIME ? reported : documented;
    }

    /** Returns the nanoseconds for one call at the allowed rate; 0 means unlimited. */
    long refill(long now) {
        return limit(now) == 0 ? 0 : length / limit(now);
    }

    /** Returns the nanoseconds until the limit changes. */
    long nanosUntilChange(long now) {
        return limit(now) == documented ? Long.MAX_VALUE : REPORTED_LIMIT_LIFETIME - (now - reportedAt);
    }

    /** Returns the largest limit that ever applied, which is the number of permits to remember. */
    int largest() {
        return largest;
    }

    void applyReportedLimit(int calls, long now) {
        if (documented == 0 || calls < documented) {
            reported = calls;
            reportedAt = now;
            largest = Math.max(largest, calls);
        }
    }
}
