package io.github.defenderreactive.runtime.paging;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/**
 * What a stream of pages knows of time.
 *
 * @param deadline longest time for one page request, counted while items are wanted
 * @param pauseAfter how long a page may wait for demand before its connection is given up
 * @param scheduler runs the timers
 * @param nanos a clock that never jumps, in nanoseconds
 * @param permits how long so many requests, were they made now, would wait for their permits
 * @since 0.1.0
 */
public record PageTiming(
        Duration deadline,
        Duration pauseAfter,
        Scheduler scheduler,
        LongSupplier nanos,
        LongFunction<Duration> permits) {

    /**
     * Checks the components.
     *
     * @param deadline longest time for one page request, counted while items are wanted
     * @param pauseAfter how long a page may wait for demand before its connection is given up
     * @param scheduler runs the timers
     * @param nanos a clock that never jumps, in nanoseconds
     * @param permits how long so many requests, were they made now, would wait for their permits
     */
    public PageTiming {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(pauseAfter, "pauseAfter");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(nanos, "nanos");
        Objects.requireNonNull(permits, "permits");
    }
}
