package io.github.defenderreactive.testing;

import java.time.Duration;
import java.time.Instant;

/** A clock that a test moves. */
public final class TestClock extends UtcClock {

    private volatile Instant now;

    public TestClock(String now) {
        this(Instant.parse(now));
    }

    public TestClock(Instant now) {
        this.now = now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
