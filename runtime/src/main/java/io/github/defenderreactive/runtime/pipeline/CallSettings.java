package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.internal.retry.Backoff;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may differ from one view of a pipeline to another.
 *
 * @param deadline the deadline of every call, or null for the one of its operation
 */
record CallSettings(
        TokenRequest tokenRequest,
        RetryPolicy retry,
        @Nullable Duration deadline) {

    /** Returns the waits that the service does not ask for. */
    Backoff backoff() {
        return Backoff.fullJitter(retry.baseDelay(), retry.maxDelay());
    }

    CallSettings withTokenRequest(TokenRequest request) {
        return new CallSettings(request, retry, deadline);
    }

    CallSettings withRetry(RetryPolicy policy) {
        return new CallSettings(tokenRequest, policy, deadline);
    }

    CallSettings withDeadline(Duration limit) {
        return new CallSettings(tokenRequest, retry, limit);
    }
}
