package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.service.SkewedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The clock of the emulator, which tests can move. Tokens and links expire, response actions progress, quotas refill and
 * new state is dated by it. Timers, such as that of {@link Fault#delayed}, run in real time. Thread-safe.
 *
 * <p>Between two moves it runs as the clock of the builder does, which is the system clock by default. With a fixed one
 * it stands still.
 *
 * @since 0.1.0
 */
public final class EmulatorClock {

    private final SkewedClock clock;

    EmulatorClock(SkewedClock clock) {
        this.clock = clock;
    }

    /**
     * Returns the time of the emulator, without the skew of {@link Faults#clockSkew}.
     *
     * @return the time
     */
    public Instant now() {
        return clock.unskewed();
    }

    /**
     * Moves the clock ahead.
     *
     * @param time the time that passes at once, not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must be >= PT0S, was " + time);
        }
        clock.advance(time);
    }

    /**
     * Moves the clock to a time, earlier or later, from which it continues.
     *
     * @param time the new time
     */
    public void setTime(Instant time) {
        clock.moveTo(Objects.requireNonNull(time, "time"));
    }
}
