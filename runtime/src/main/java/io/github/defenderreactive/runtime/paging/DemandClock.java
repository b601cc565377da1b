package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.retry.Deadline;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The deadline of one page request. It runs only while items are wanted, so a consumer may take its time. Moved by the
 * stream's own thread of the moment, read by others.
 */
final class DemandClock implements Deadline {

    private final Duration limit;
    private final LongSupplier nanos;

    private volatile long spent;
    private volatile long since;
    private volatile boolean running;

    DemandClock(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    void run(boolean wanted) {
        if (wanted == running) {
            return;
        }
        long now = nanos.getAsLong();
        if (wanted) {
            since = now;
        } else {
            long before = spent;
            spent = before + (now - since);
        }
        running = wanted;
    }

    boolean running() {
        return running;
    }

    long remainingNanos() {
        return limit.toNanos() - spent - (running ? nanos.getAsLong() - since : 0);
    }

    @Override
    public Duration limit() {
        return limit;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }
}
