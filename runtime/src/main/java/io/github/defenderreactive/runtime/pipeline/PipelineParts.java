package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.internal.authorization.CallAuthorization;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a pipeline. Derived pipelines differ in retry policy, token request and deadline.
 *
 * @param deadline the deadline of every call, or null for the one of its operation
 * @param headers the headers of every request, with names in any case; those of an operation replace them
 */
record PipelineParts(
        CallParts calls,
        ApiRoot root,
        CallAuthorization authorization,
        @Nullable Duration deadline,
        JsonLimits limits,
        Map<String, String> headers,
        Duration pauseAfter,
        CallScope scope) {

    PipelineParts with(RetryPolicy policy) {
        return new PipelineParts(calls.with(policy), root, authorization, deadline, limits, headers, pauseAfter, scope);
    }

    PipelineParts with(CallAuthorization other) {
        return new PipelineParts(calls, root, other, deadline, limits, headers, pauseAfter, scope);
    }

    PipelineParts with(Duration limit) {
        return new PipelineParts(calls, root, authorization, limit, limits, headers, pauseAfter, scope);
    }
}
