package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A quota that several processes share, because the service counts the calls of a tenant's application whichever process
 * makes them. Implemented over whatever the processes have in common; without one a limiter counts its own process only.
 *
 * <p>A {@link RateLimiter} asks it for every call, after its own limits and in the order of its own queue. Its key is the
 * quota's group within one tenant and application: make an instance for each. It must not block and must be safe for use
 * by several threads.
 *
 * @since 0.1.0
 */
public interface SharedQuota {

    /**
     * Asks for one call. Cold: every subscribe asks anew. The limiter does not cancel it: it waits for the answer and
     * gives back a call for which nobody waits any more.
     *
     * @param quota the limits and the group that shares them; a limit of 0 is none
     * @return zero when the call is taken; else, with nothing taken, how long to wait before asking again. An error means
     *     that the shared quota cannot be asked: the call is then made under the limits of this process alone
     */
    Mono<Duration> acquire(Quota quota);

    /**
     * Gives back a call that was taken and will not be made.
     *
     * @param quota names the group
     * @return completes when it is given back; its error is of no consequence, as the call is then counted until its
     *     window ends
     */
    Mono<Void> release(Quota quota);
}
