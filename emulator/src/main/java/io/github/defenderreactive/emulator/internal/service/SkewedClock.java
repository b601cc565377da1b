package io.github.defenderreactive.emulator.internal.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock with an adjustable offset from another clock. Thread-safe. */
public final class SkewedClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> skew;

    SkewedClock(Clock base) {
        this(base, new AtomicReference<>(Duration.ZERO));
    }

    private SkewedClock(Clock base, AtomicReference<Duration> skew) {
        this.base = base;
        this.skew = skew;
    }

    /** Sets the offset, which is negative for an earlier time. */
    public void skew(Duration ahead) {
        skew.set(ahead);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SkewedClock(base.withZone(zone), skew);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(skew.get());
    }
}
