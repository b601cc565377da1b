package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A quota shared by several processes, because the service counts the calls of an application in a tenant regardless of
 * the process. Implement it over a store that the processes share. Without one, a limiter counts the calls of its own
 * process only.
 *
 * <p>A {@link RateLimiter} requests a permit for every call, after its own limits and in the order of its own queue.
 * The key is the group of the quota within one tenant and application, so create one instance for each. Implementations
 * must not block and must be thread-safe.
 *
 * @since 0.1.0
 */
public interface SharedQuota {

    /**
     * Requests a permit for one call. Cold: each subscription is a new request. The limiter does not cancel it; it
     * waits for the result, and releases a permit whose caller has cancelled.
     *
     * @param quota the quota of the operation; a limit of 0 means unlimited
     * @return zero if the permit is taken; otherwise, with nothing taken, the delay before the next request. An error
     *     means that the shared quota is not available, and the call is made under the limits of this process alone
     */
    Mono<Duration> acquire(Quota quota);

    /**
     * Releases a permit for a call that will not be made.
     *
     * @param quota the quota, which determines the group
     * @return completes when the permit is released; an error is ignored, and the call then counts until its window
     *     ends
     */
    Mono<Void> release(Quota quota);
}
