package io.github.defenderreactive.runtime.internal.ratelimit;

import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The permits of a rate limiter. The pipeline acquires one for each attempt, and reports the limits and pauses that the
 * service demands.
 */
public interface Permits {

    /**
     * Acquires a permit. Cold: each subscription joins the queue. The permit is taken at completion; a cancelled waiter
     * takes none.
     *
     * @param quota the quota of the operation; a limit of 0 means unlimited
     * @param lane the queue
     * @param atMost the longest wait; the limiter's own maximum also applies
     * @return a Mono that completes with the permit, or {@link ThrottledException} as soon as it is certain that the
     *     permit would be too late
     */
    Mono<Void> acquire(Quota quota, Lane lane, Duration atMost);

    /**
     * Acquires another permit for a call that is retried. Like {@link #acquire}, but served before the first attempts
     * of its lane. A call that acquires as soon as the service has rejected it, and not after the pause, is among the
     * first after the pause.
     *
     * @param quota the quota of the operation; a limit of 0 means unlimited
     * @param lane the queue
     * @param atMost the longest wait; the caller must apply the limiter's own maximum
     * @return a Mono that completes with the permit, or {@link ThrottledException} as soon as it is certain that the
     *     permit would be too late
     */
    Mono<Void> acquireForRetry(Quota quota, Lane lane, Duration atMost);

    /**
     * Pauses a group for a time that the service requested.
     *
     * @param quota the quota, which determines the group
     * @param time the duration, at most a year
     */
    void pause(Quota quota, Duration time);

    /**
     * Pauses a group after a rejected call for which the service did not request a delay: for the time in which a
     * permit becomes available at the documented rate, at least 5 seconds. Each time the service rejects a call again
     * soon after the pause, the next pause is twice as long, up to a minute.
     *
     * @param quota the quota, which determines the group
     * @return the duration; zero if the limiter never delays a call
     */
    Duration pause(Quota quota);

    /**
     * Temporarily lowers the limit of a group to one that the service reported. After an hour the documented limit
     * applies again, until the service rejects a call again. A limit above the documented one has no effect, nor has
     * one for another window than a minute or an hour.
     *
     * @param quota the quota, which determines the group
     * @param reported the reported limit
     */
    void applyReportedLimit(Quota quota, ReportedLimit reported);
}
