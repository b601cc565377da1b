package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.paging.AttemptListener;
import io.github.defenderreactive.runtime.internal.ratelimit.ReportedLimit;
import io.github.defenderreactive.runtime.internal.retry.Deadline;
import io.github.defenderreactive.runtime.internal.retry.RetryDecision;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The retry decisions of one call: after each failed attempt, whether and when the next one begins. The attempts are
 * sequential, so the fields are volatile but need no atomicity.
 *
 * <p>The deadline limits the waits between attempts. The maximum wait of the limiter applies to the permits of all
 * further attempts together.
 */
final class RetryDecider {

    /**
     * Maximum pause. A peer may request a longer one, but no quota window is longer, so the next attempt is made then.
     */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Minimum time for an attempt, unless the deadline is short. */
    private static final Duration LEAST_FOR_AN_ATTEMPT = Duration.ofSeconds(1);

    private static final int LEAST_PART_OF_LIMIT = 10;

    private final CallParts parts;
    private final OperationInfo operation;
    private final Deadline deadline;
    private final AttemptListener attempts;
    private final UnaryOperator<DefenderException> outcomeUnknown;

    private volatile int failureCount;
    private volatile int notFoundCount;
    private volatile Duration waitedForPermits = Duration.ZERO;
    private volatile @Nullable DefenderException refusal;

    /**
     * Creates a decider for one call.
     *
     * @param outcomeUnknown returns the error of a call that the service may or may not have executed
     */
    RetryDecider(
            CallParts parts,
            OperationInfo operation,
            Deadline deadline,
            AttemptListener attempts,
            UnaryOperator<DefenderException> outcomeUnknown) {
        this.parts = parts;
        this.operation = operation;
        this.deadline = deadline;
        this.attempts = attempts;
        this.outcomeUnknown = outcomeUnknown;
    }

    /**
     * Emits when the next attempt may begin; fails with the error of the call.
     *
     * @param sent whether the attempt was sent
     */
    Mono<Long> afterFailure(DefenderException failure, boolean sent) {
        if (sent && failure instanceof ThrottledException) {
            return afterRefusal(failure);
        }
        DefenderException refused = refusal;
        if (refused != null && failure instanceof ThrottledException && failure.status() == 0) {
            // The limiter only enforces the wait that the service has requested, so its error is the relevant one.
            return Mono.error(ErrorCopy.withNote(refused, "not retried. " + failure.text()));
        }
        if (failure instanceof NotFoundException && operation.method().equals("GET")) {
            return afterNotFound(failure);
        }
        // An attempt that failed before it was sent, such as in the token request, had no effect.
        ReplaySafety safety = sent ? operation.replaySafety() : ReplaySafety.SAFE;
        return switch (RetryDecision.of(failure, safety)) {
            case FAIL -> Mono.error(failure);
            case OUTCOME_UNKNOWN -> Mono.error(outcomeUnknown.apply(failure));
            case RETRY -> retry(failure);
        };
    }

    /** Emits immediately if enough time is left for another attempt. */
    Mono<Long> immediately(DefenderException failure) {
        return isTooLate(Duration.ZERO) ? tooLate(failure, Duration.ZERO) : Mono.just(0L);
    }

    /** Returns whether the time left after a wait would be too short for an attempt. */
    boolean isTooLate(Duration wait) {
        Duration part = deadline.limit().dividedBy(LEAST_PART_OF_LIMIT);
        Duration least = part.compareTo(LEAST_FOR_AN_ATTEMPT) < 0 ? part : LEAST_FOR_AN_ATTEMPT;
        return wait.plus(least).compareTo(deadline.remaining()) > 0;
    }

    /** Returns the time that the call may still wait for permits of further attempts. */
    Duration patience() {
        return parts.limiter().maxWait().minus(waitedForPermits);
    }

    void waitedForPermit(Duration waited) {
        Duration before = waitedForPermits;
        waitedForPermits = before.plus(waited);
    }

    /** Records that the service has executed the call. */
    void succeeded() {
        parts.budget().succeeded(failureCount + notFoundCount > 0);
    }

    /**
     * Handles an exhausted quota of the service. The limiter pauses all calls of the group, and this call is the first
     * one after the pause. It is not a failure, so it uses neither the attempts of the policy nor the retry budget.
     */
    private Mono<Long> afterRefusal(DefenderException failure) {
        refusal = failure;
        RateLimiter limiter = parts.limiter();
        ReportedLimit seen = ReportedLimit.ofMessage(failure.text());
        if (seen != null) {
            limiter.permits().applyReportedLimit(operation.quota(), seen);
        }
        if (!limiter.isLimited()) {
            return retry(failure);
        }
        Duration pause = pause(failure.retryAfter());
        if (parts.retry().maxAttempts() == 1) {
            return Mono.error(failure);
        }
        if (pause.compareTo(patience()) > 0) {
            return Mono.error(ErrorCopy.withNote(
                    failure,
                    "not retried, because the wait of " + pause + " is longer than the " + patience()
                            + " that maxWait of the RateLimiter leaves"));
        }
        return immediately(failure);
    }

    /**
     * Pauses the limiter for the time that the service requests, or for the time that the quota needs if it requests
     * none.
     */
    private Duration pause(@Nullable Duration requested) {
        RateLimiter limiter = parts.limiter();
        if (requested == null || requested.isZero()) {
            return limiter.permits().pause(operation.quota());
        }
        limiter.permits().pause(operation.quota(), requested.compareTo(LONGEST_PAUSE) < 0 ? requested : LONGEST_PAUSE);
        return requested;
    }

    /**
     * Handles a 404. A new entity may not be visible yet, which is not a failure of the service, so it is counted
     * separately.
     */
    private Mono<Long> afterNotFound(DefenderException failure) {
        int count = notFoundCount + 1;
        notFoundCount = count;
        return count > parts.retry().notFoundRetries() ? Mono.error(failure) : retryAfter(failure, null, count);
    }

    private Mono<Long> retry(DefenderException failure) {
        int count = failureCount + 1;
        failureCount = count;
        return count >= parts.retry().maxAttempts()
                ? Mono.error(failure)
                : retryAfter(failure, failure.retryAfter(), count);
    }

    /** Waits for the next attempt if the deadline and the retry budget allow it. */
    private Mono<Long> retryAfter(DefenderException failure, @Nullable Duration requested, int count) {
        Duration wait = parts.backoff().delay(count, parts.random().getAsDouble());
        if (requested != null && requested.compareTo(wait) > 0) {
            wait = requested;
        }
        if (isTooLate(wait)) {
            return tooLate(failure, wait);
        }
        if (!parts.budget().spend()) {
            return Mono.error(
                    ErrorCopy.withNote(failure, "not retried, because the retry budget of this client is exhausted"));
        }
        if (failure instanceof ThrottledException) {
            attempts.throttled(wait);
        }
        return wait.isZero() ? Mono.just(0L) : Mono.delay(wait, parts.scheduler());
    }

    private Mono<Long> tooLate(DefenderException failure, Duration wait) {
        return Mono.error(ErrorCopy.withNote(
                failure,
                wait.isZero()
                        ? "not retried, because too little time is left until the deadline"
                        : "not retried, because the wait of " + wait + " exceeds the time left until the deadline of "
                                + deadline.limit()));
    }
}
