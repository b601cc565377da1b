package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.json.JsonLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/**
 * Settings of a pipeline for paged reads.
 *
 * @param deadline maximum time for one page request, counted while there is demand
 * @param pauseAfter maximum wait of a page for demand before its connection is released
 * @param limits limits of a page in memory
 * @param scheduler the scheduler of the timers
 * @param nanos a monotonic clock, in nanoseconds
 * @param permits returns the wait of a number of requests for their permits if they were made now
 * @since 0.1.0
 */
public record PageSettings(
        Duration deadline,
        Duration pauseAfter,
        JsonLimits limits,
        Scheduler scheduler,
        LongSupplier nanos,
        LongFunction<Duration> permits) {

    /**
     * Creates settings.
     *
     * @param deadline maximum time for one page request, counted while there is demand
     * @param pauseAfter maximum wait of a page for demand before its connection is released
     * @param limits limits of a page in memory
     * @param scheduler the scheduler of the timers
     * @param nanos a monotonic clock, in nanoseconds
     * @param permits returns the wait of a number of requests for their permits if they were made now
     */
    public PageSettings {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(pauseAfter, "pauseAfter");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(nanos, "nanos");
        Objects.requireNonNull(permits, "permits");
    }
}
