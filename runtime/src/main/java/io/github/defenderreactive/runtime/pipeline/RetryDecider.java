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
 * Decides after each failed attempt of one call whether and when the next one may begin. The attempts follow one another, so
 * the fields need no more than visibility.
 *
 * <p>The deadline bounds the waits between attempts. The waits for permits of further attempts are bounded together by the
 * limiter's longest wait.
 */
final class RetryDecider {

    /** A peer may ask for more; but no window of a quota is longer, so the next attempt is made then. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** The least time for an attempt, if the deadline is not much longer itself. */
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
     * A decider for one call.
     *
     * @param outcomeUnknown the error of a call that the service may or may not have carried out
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
     * Emits when the next attempt may begin; fails with what the caller gets.
     *
     * @param answered whether the attempt was sent
     */
    Mono<Long> afterFailure(DefenderException failure, boolean answered) {
        if (answered && failure instanceof ThrottledException) {
            return afterRefusal(failure);
        }
        DefenderException refused = refusal;
        if (refused != null && failure instanceof ThrottledException && failure.status() == 0) {
            // The limiter has only kept to what the service had said.
            return Mono.error(ErrorCopy.withNote(refused, "not repeated. " + failure.text()));
        }
        if (failure instanceof NotFoundException && operation.method().equals("GET")) {
            return afterNotFound(failure);
        }
        // What failed before sending, such as the request for a token, has done nothing.
        ReplaySafety safety = answered ? operation.replaySafety() : ReplaySafety.SAFE;
        return switch (RetryDecision.of(failure, safety)) {
            case FAIL -> Mono.error(failure);
            case OUTCOME_UNKNOWN -> Mono.error(outcomeUnknown.apply(failure));
            case RETRY -> retry(failure);
        };
    }

    /** Emits at once if enough time is left for another attempt. */
    Mono<Long> immediately(DefenderException failure) {
        return isTooLate(Duration.ZERO) ? tooLate(failure, Duration.ZERO) : Mono.just(0L);
    }

    /** Whether after a wait less time would be left than an attempt needs. */
    boolean isTooLate(Duration wait) {
        Duration part = deadline.limit().dividedBy(LEAST_PART_OF_LIMIT);
        Duration least = part.compareTo(LEAST_FOR_AN_ATTEMPT) < 0 ? part : LEAST_FOR_AN_ATTEMPT;
        return wait.plus(least).compareTo(deadline.remaining()) > 0;
    }

    /** How long the call may still wait for permits of further attempts. */
    Duration patience() {
        return parts.limiter().maxWait().minus(waitedForPermits);
    }

    void waitedForPermit(Duration waited) {
        Duration before = waitedForPermits;
        waitedForPermits = before.plus(waited);
    }

    /** The service has carried out the call. */
    void succeeded() {
        parts.budget().succeeded(failureCount + notFoundCount > 0);
    }

    /**
     * The quota of the service is used up. The limiter pauses for all calls of the group, and this one is the first after
     * the pause; that is not a failure, so neither the attempts of the policy nor its budget are spent on it.
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
                    "not repeated, because the wait of " + pause + " is longer than the " + patience()
                            + " that maxWait of the RateLimiter leaves"));
        }
        return immediately(failure);
    }

    /** Pauses for as long as the service asks, or as the quota needs where it asks for nothing. */
    private Duration pause(@Nullable Duration asked) {
        RateLimiter limiter = parts.limiter();
        if (asked == null || asked.isZero()) {
            return limiter.permits().pause(operation.quota());
        }
        limiter.permits().pause(operation.quota(), asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE);
        return asked;
    }

    /** What was just created may not be visible yet: not a failure of the service, so counted apart. */
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

    /** Waits for the next attempt where that makes sense. */
    private Mono<Long> retryAfter(DefenderException failure, @Nullable Duration asked, int count) {
        Duration wait = parts.backoff().delay(count, parts.random().getAsDouble());
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        if (isTooLate(wait)) {
            return tooLate(failure, wait);
        }
        if (!parts.budget().spend()) {
            return Mono.error(
                    ErrorCopy.withNote(failure, "not repeated, because the retry budget of this client is used up"));
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
                        ? "not repeated, because too little time is left until the deadline"
                        : "not repeated, because the wait of " + wait + " is longer than the deadline of "
                                + deadline.limit() + " leaves"));
    }
}
