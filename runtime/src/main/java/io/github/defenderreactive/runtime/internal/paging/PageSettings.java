package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.json.JsonLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/**
 * Settings that paged reads take from their pipeline.
 *
 * @param deadline longest time for one page request, counted while items are wanted
 * @param pauseAfter how long a page may wait for demand before its connection is released
 * @param limits limits of a page in memory
 * @param scheduler runs the timers
 * @param nanos a monotonic clock, in nanoseconds
 * @param permits how long so many requests, were they made now, would wait for their permits
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
     * Checks the components.
     *
     * @param deadline longest time for one page request, counted while items are wanted
     * @param pauseAfter how long a page may wait for demand before its connection is released
     * @param limits limits of a page in memory
     * @param scheduler runs the timers
     * @param nanos a monotonic clock, in nanoseconds
     * @param permits how long so many requests, were they made now, would wait for their permits
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
