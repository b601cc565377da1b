package io.github.defenderreactive.client.action;

import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * The retries of a workflow beyond those of a call, whose deadline ends before a quota refills.
 *
 * @param unlimited whether to retry until the subscription is cancelled, and to wait for a quota that is used up
 */
record Patience(Scheduler scheduler, boolean unlimited) {

    private static final Duration QUOTA_WAIT = Duration.ofSeconds(30);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);
    private static final int RETRIES = 3;

    /** Retries a read that failed transiently. */
    <T> Mono<T> reading(Mono<T> call) {
        return call.retryWhen(Retry.from(failures -> failures.concatMap(failure -> {
            Throwable error = failure.failure();
            boolean retry =
                    error instanceof TransientDefenderException && (unlimited || failure.totalRetries() < RETRIES);
            return retry ? pause(error) : Mono.<Long>error(error);
        })));
    }

    /** Emits after the time that a failure requires. */
    Mono<Long> pause(Throwable error) {
        return Mono.delay(waitAfter(error), scheduler);
    }

    private static Duration waitAfter(Throwable error) {
        if (!(error instanceof ThrottledException throttled)) {
            return USUAL_WAIT;
        }
        Duration requested = throttled.retryAfter();
        return requested == null ? QUOTA_WAIT : requested;
    }
}
