package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryBudget;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What every call of a pipeline works with.
 *
 * @param deadline the deadline of every call, or null for the one of its operation
 */
record PipelineParts(
        Transport transport,
        ApiRoot root,
        TokenCache tokens,
        TokenRequest tokenRequest,
        RetryPolicy retry,
        RetryBudget budget,
        RateLimiter limiter,
        JsonLimits limits,
        String userAgent,
        Duration pauseAfter,
        Clock clock,
        Scheduler scheduler,
        LongSupplier nanos,
        DoubleSupplier random,
        CallListener listener,
        @Nullable Duration deadline) {

    PipelineParts withRetry(RetryPolicy policy) {
        return new PipelineParts(
                transport,
                root,
                tokens,
                tokenRequest,
                policy,
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
                deadline);
    }

    PipelineParts withTokenRequest(TokenRequest request) {
        return new PipelineParts(
                transport,
                root,
                tokens,
                request,
                retry,
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
                deadline);
    }

    PipelineParts withDeadline(Duration limit) {
        return new PipelineParts(
                transport,
                root,
                tokens,
                tokenRequest,
                retry,
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
                limit);
    }
}
