package io.github.defenderreactive.runtime.internal.retry;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A deadline whose clock runs while something is wanted and no permit is waited for. A few threads move and read it; none
 * waits inside.
 *
 * @since 0.1.0
 */
public final class Countdown implements Deadline {

    private final Duration limit;
    private final LongSupplier nanos;

    /** Written under the lock, and read without it by those who change nothing. */
    private volatile boolean wanted;

    // guarded by this
    private boolean waiting;
    private long spent;
    private long since;

    /**
     * Creates a deadline whose clock stands.
     *
     * @param limit the whole time allowed, positive
     * @param nanos a clock that never jumps, in nanoseconds
     */
    public Countdown(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /**
     * Lets the clock run while something is wanted, or stops it.
     *
     * @param demanded whether something is wanted
     */
    public void run(boolean demanded) {
        if (demanded == wanted) {
            return;
        }
        long now = nanos.getAsLong();
        synchronized (this) {
            move(now);
            wanted = demanded;
        }
    }

    @Override
    public void waitsForPermit(boolean begun) {
        long now = nanos.getAsLong();
        synchronized (this) {
            move(now);
            waiting = begun;
        }
    }

    /** Counts what has passed since the last change. */
    private void move(long now) {
        if (wanted && !waiting) {
            spent += now - since;
        }
        since = now;
    }

    @Override
    public Duration limit() {
        return limit;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /**
     * Returns the time left now.
     *
     * @return nanoseconds, zero or negative when it is used up
     */
    public long remainingNanos() {
        long now = nanos.getAsLong();
        synchronized (this) {
            return limit.toNanos() - spent - (wanted && !waiting ? now - since : 0);
        }
    }

    /**
     * Returns a timer for the end of the time.
     *
     * @param timers what it runs on
     * @return emits once when the time is used up; cold
     */
    public Mono<Long> end(Scheduler timers) {
        // A clock that stood meanwhile has time left when the timer rings.
        return Mono.defer(() -> Mono.delay(remaining(), timers))
                .repeat(() -> remainingNanos() > 0)
                .last();
    }
}
