package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.internal.retry.Backoff;
import io.github.defenderreactive.runtime.internal.retry.RetryBudget;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.Transport;
import java.time.Clock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/** The parts that API calls and downloads have in common. */
record CallParts(
        Transport transport,
        RetryPolicy retry,
        RetryBudget budget,
        RateLimiter limiter,
        Clock clock,
        Scheduler scheduler,
        LongSupplier nanos,
        DoubleSupplier random,
        CallListener.Factory listener,
        ClockComparison clocks) {

    /** Returns the waits between attempts if the service does not request one. */
    Backoff backoff() {
        return Backoff.fullJitter(retry.baseDelay(), retry.maxDelay());
    }

    /** Returns the same parts with another policy. The retry budget stays shared. */
    CallParts with(RetryPolicy policy) {
        return new CallParts(transport, policy, budget, limiter, clock, scheduler, nanos, random, listener, clocks);
    }

    CallParts with(CallListener.Factory listeners) {
        return new CallParts(transport, retry, budget, limiter, clock, scheduler, nanos, random, listeners, clocks);
    }
}
