package io.github.defenderreactive.runtime.ratelimit;

import java.util.concurrent.TimeUnit;

/** What is allowed in a minute or an hour: the documented number, or for an hour a smaller one that was learned. */
final class PermitWindow {

    /** How long a learned limit is kept to. */
    static final long LEARNED_FOR = TimeUnit.HOURS.toNanos(1);

    private final int documented;
    private final long length;
    private int learned;
    private long learnedAt;
    private int largest;

    PermitWindow(int documented, long length) {
        this.documented = documented;
        this.length = length;
        this.largest = documented;
    }

    PermitWindow copy() {
        PermitWindow copy = new PermitWindow(documented, length);
        copy.learned = learned;
        copy.learnedAt = learnedAt;
        copy.largest = largest;
        return copy;
    }

    int documented() {
        return documented;
    }

    /** Whether it lets fewer through in the long run. */
    boolean isSlowerThan(PermitWindow other) {
        return documented != 0
                && (other.documented == 0 || documented * (double) other.length < other.documented * (double) length);
    }

    long length() {
        return length;
    }

    /** The calls allowed now; 0 for any number. */
    int limit(long now) {
        return learned != 0 && now - learnedAt < LEARNED_FOR ? learned : documented;
    }

    /** Nanoseconds for one call at the allowed rate; 0 for any number. */
    long refill(long now) {
        return limit(now) == 0 ? 0 : length / limit(now);
    }

    /** Nanoseconds for which the limit stays as it is now. */
    long nanosUntilChange(long now) {
        return limit(now) == documented ? Long.MAX_VALUE : LEARNED_FOR - (now - learnedAt);
    }

    /** The most that was ever to be kept, and so how far back must be looked. */
    int largest() {
        return largest;
    }

    void learn(int calls, long now) {
        if (documented == 0 || calls < documented) {
            learned = calls;
            learnedAt = now;
            largest = Math.max(largest, calls);
        }
    }
}
