package io.github.defenderreactive.runtime.internal.retry;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A deadline whose clock runs while there is demand and the call does not wait for a permit. Thread-safe; no thread
 * waits under the lock.
 *
 * @since 0.1.0
 */
public final class Countdown implements Deadline {

    private final Duration limit;
    private final LongSupplier nanos;

    /** Written under the lock, and read without it by threads that change nothing. */
    private volatile boolean demand;

    // guarded by this
    private boolean waitingForPermit;
    private long spent;
    private long since;

    /**
     * Creates a deadline whose clock is stopped.
     *
     * @param limit the whole time allowed, positive
     * @param nanos a monotonic clock, in nanoseconds
     */
    public Countdown(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /**
     * Starts the clock if there is demand, or stops it.
     *
     * @param demanded whether there is demand
     */
    public void run(boolean demanded) {
        if (demanded == demand) {
            return;
        }
        long now = nanos.getAsLong();
        synchronized (this) {
            addElapsed(now);
            demand = demanded;
        }
    }

    @Override
    public void waitsForPermit(boolean waiting) {
        long now = nanos.getAsLong();
        synchronized (this) {
            addElapsed(now);
            waitingForPermit = waiting;
        }
    }

    /** Adds the time since the last change. */
    private void addElapsed(long now) {
        if (demand && !waitingForPermit) {
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
     * Returns the remaining time.
     *
     * @return the nanoseconds, zero or negative if the deadline has expired
     */
    public long remainingNanos() {
        long now = nanos.getAsLong();
        synchronized (this) {
            return limit.toNanos() - spent - (demand && !waitingForPermit ? now - since : 0);
        }
    }

    /**
     * Returns a timer for the expiry.
     *
     * @param timers the scheduler of the timer
     * @return a cold Mono that emits once when the deadline has expired
     */
    public Mono<Long> end(Scheduler timers) {
        // if the clock was stopped in the meantime, there is time left when the timer fires
        return Mono.defer(() -> Mono.delay(remaining(), timers))
                .repeat(() -> remainingNanos() > 0)
                .last();
    }
}
