package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.internal.http.HttpDate;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when the local clock and the dates of responses differ. Nothing here depends on the local clock but the
 * life of tokens; what users compute from it, such as the times in a filter, does.
 */
final class ClockComparison {

    /** More than the login tolerates. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Duration BETWEEN_WARNINGS = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ClockComparison.class);

    private final Clock clock;
    private final LongSupplier nanos;
    /** From when on the next warning may be given. */
    private final AtomicLong nextWarning;

    /**
     * A comparison that has warned of nothing yet.
     *
     * @param clock the local clock
     * @param nanos a clock that never jumps
     */
    ClockComparison(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.nextWarning = new AtomicLong(nanos.getAsLong());
    }

    void compare(ResponseHead head) {
        Instant date = HttpDate.parse(head.header("Date"), clock.instant());
        if (date == null) {
            return;
        }
        Duration ahead = Duration.between(date, clock.instant());
        if (ahead.abs().compareTo(TOLERANCE) > 0 && isTime()) {
            LOG.warn(
                    "The local clock is {} {} the date of a response ({}). One of them is wrong: times that a program takes"
                            + " from the local clock, such as those of a filter, may not mean what they should",
                    Duration.ofSeconds(ahead.abs().toSeconds()),
                    ahead.isNegative() ? "behind" : "ahead of",
                    date);
        }
    }

    private boolean isTime() {
        long now = nanos.getAsLong();
        long next = nextWarning.get();
        return now - next >= 0 && nextWarning.compareAndSet(next, now + BETWEEN_WARNINGS.toNanos());
    }
}
