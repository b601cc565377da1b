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

/** Parts that every call needs, be it one of the API or a download. */
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

    /** Returns the waits that the service does not ask for. */
    Backoff backoff() {
        return Backoff.fullJitter(retry.baseDelay(), retry.maxDelay());
    }

    /** The budget stays shared. */
    CallParts with(RetryPolicy policy) {
        return new CallParts(transport, policy, budget, limiter, clock, scheduler, nanos, random, listener, clocks);
    }

    CallParts with(CallListener.Factory listeners) {
        return new CallParts(transport, retry, budget, limiter, clock, scheduler, nanos, random, listeners, clocks);
    }
}
