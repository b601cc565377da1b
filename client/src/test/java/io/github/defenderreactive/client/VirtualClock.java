package io.github.defenderreactive.client;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** The time of a scheduler as a clock. */
final class VirtualClock extends Clock {

    private final Scheduler time;
    private final Instant start;

    VirtualClock(Scheduler time, Instant start) {
        this.time = time;
        this.start = start;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(time.now(TimeUnit.NANOSECONDS));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
