package io.github.defenderreactive.runtime.internal.ratelimit;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The permits of a rate limiter. The pipeline acquires one for each attempt, and reports what the service says. */
public interface Permits {

    /**
     * Waits for a permit. Cold: joins the queue at subscribe. The permit is taken at the moment of completion; a
     * cancelled waiter takes none.
     *
     * @param quota the limits and the group that shares them; a limit of 0 is none
     * @param lane the queue
     * @param atMost how long the caller can wait; the limiter's own maximum counts too
     * @return completes with the permit, or {@link io.github.defenderreactive.runtime.error.ThrottledException} as soon
     *     as it is certain that the permit would come too late
     */
    Mono<Void> acquire(Quota quota, Lane lane, Duration atMost);

    /**
     * Waits for one more permit, for a call that had one and must be sent again. Like {@link #acquire}, but served before
     * those of its lane that wait for their first one. A call that acquires as soon as the service has refused it, and not
     * when the pause is over, is among the first after the pause.
     *
     * @param quota the limits and the group that shares them; a limit of 0 is none
     * @param lane the queue
     * @param atMost how long the caller can wait; the limiter's own maximum is for the caller to keep to
     * @return completes with the permit, or {@link io.github.defenderreactive.runtime.error.ThrottledException} as soon
     *     as it is certain that the permit would come too late
     */
    Mono<Void> acquireForRetry(Quota quota, Lane lane, Duration atMost);

    /**
     * Pauses a group, because the service said for how long.
     *
     * @param quota names the group
     * @param time how long, at most a year
     */
    void pause(Quota quota, Duration time);

    /**
     * Pauses a group, because the service refused a call without saying for how long: for as long as a permit takes to come
     * back at the documented rate, and 5 seconds at the least. Each time that the service refuses again soon after the
     * pause the next one is twice as long, up to a minute.
     *
     * @param quota names the group
     * @return how long; zero if the limiter never makes a call wait
     */
    Duration pause(Quota quota);

    /**
     * Temporarily lowers the limit of a group to one that the service reported. After an hour the documented number counts
     * again, until the service refuses again. A number above the documented one changes nothing, nor does one for another
     * window than a minute or an hour.
     *
     * @param quota names the group
     * @param seen what the service says
     */
    void applyReportedLimit(Quota quota, ReportedLimit seen);
}
