package io.github.defenderreactive.emulator.internal.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of the service: another clock, moved by tests, with the skew that a fault adds. Thread-safe.
 */
public final class SkewedClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> moved;
    private final AtomicReference<Duration> skew;

    SkewedClock(Clock base) {
        this(base, new AtomicReference<>(Duration.ZERO), new AtomicReference<>(Duration.ZERO));
    }

    private SkewedClock(Clock base, AtomicReference<Duration> moved, AtomicReference<Duration> skew) {
        this.base = base;
        this.moved = moved;
        this.skew = skew;
    }

    /** Sets the offset, which is negative for an earlier time. */
    public void skew(Duration ahead) {
        skew.set(ahead);
    }

    /** Returns the time without the skew. */
    public Instant unskewed() {
        return base.instant().plus(moved.get());
    }

    /** Moves the clock ahead. */
    public void advance(Duration time) {
        moved.accumulateAndGet(time, Duration::plus);
    }

    /** Moves the clock to a time, from which it continues as the other clock does. */
    public void moveTo(Instant time) {
        moved.set(Duration.between(base.instant(), time));
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SkewedClock(base.withZone(zone), moved, skew);
    }

    @Override
    public Instant instant() {
        return unskewed().plus(skew.get());
    }
}
