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
 * Logs a warning if the local clock and the dates of responses differ. In this library only the lifetime of tokens
 * depends on the local clock, but so do values that users compute from it, such as the times in a filter.
 */
final class ClockComparison {

    /** Tolerated difference, more than the login service accepts. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Duration BETWEEN_WARNINGS = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ClockComparison.class);

    private final Clock clock;
    private final LongSupplier nanos;
    /** The earliest time of the next warning, in nanoseconds. */
    private final AtomicLong nextWarning;

    /**
     * Creates a comparison without previous warnings.
     *
     * @param clock the local clock
     * @param nanos a monotonic clock, in nanoseconds
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
                    "The local clock is {} {} the date of a response ({}). One of them is wrong: times that a program"
                            + " reads from the local clock, such as those of a filter, may be wrong",
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
