package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryBudget;
import io.github.defenderreactive.runtime.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;

/** What every call of a pipeline works with, and of its views. */
record PipelineParts(
        Transport transport,
        ApiRoot root,
        TokenCache tokens,
        CallSettings settings,
        RetryBudget budget,
        RateLimiter limiter,
        JsonLimits limits,
        String userAgent,
        Duration pauseAfter,
        Clock clock,
        Scheduler scheduler,
        LongSupplier nanos,
        DoubleSupplier random,
        CallListener.Factory listener,
        ClockComparison clocks,
        CallScope scope) {

    PipelineParts with(CallSettings others) {
        return new PipelineParts(
                transport,
                root,
                tokens,
                others,
                budget,
                limiter,
                limits,
                userAgent,
                pauseAfter,
                clock,
                scheduler,
                nanos,
                random,
                listener,
                clocks,
                scope);
    }
}
