package io.github.defenderreactive.runtime.auth;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A clock that goes with a scheduler's virtual time. */
final class TestClock extends Clock {

    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final VirtualTimeScheduler scheduler;

    TestClock(VirtualTimeScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Instant instant() {
        return START.plusMillis(scheduler.now(TimeUnit.MILLISECONDS));
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
