package io.github.defenderreactive.testing;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** The time of a scheduler as a clock. */
public final class VirtualClock extends UtcClock {

    private final Scheduler time;
    private final Instant start;

    /**
     * A clock that goes with a scheduler.
     *
     * @param time tells how much has passed
     * @param start what it shows when the scheduler is at zero
     */
    public VirtualClock(Scheduler time, Instant start) {
        this.time = time;
        this.start = start;
    }

    /** What it shows when the scheduler is at zero. */
    public Instant start() {
        return start;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(time.now(TimeUnit.NANOSECONDS));
    }
}
