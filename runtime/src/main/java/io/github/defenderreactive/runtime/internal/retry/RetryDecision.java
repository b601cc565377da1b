package io.github.defenderreactive.runtime.internal.retry;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.ReplaySafety;

/**
 * What a failed attempt allows.
 *
 * @since 0.1.0
 */
public enum RetryDecision {
    /** Sending it again does no harm and may help. */
    RETRY,
    /** The failure is the answer. */
    FAIL,
    /** The service may have acted, and a second attempt could act twice. */
    OUTCOME_UNKNOWN;

    /**
     * Judges a failure.
     *
     * <p>An attempt that was never sent, or that the service refused unread (421, 425, 429, 503 with a
     * {@code Retry-After}), may be repeated for every operation. A failed answer or a lost one may be repeated only when
     * the operation is safe to replay. For the others a lost answer, also one lost behind a gateway (408, 502, 504), leaves
     * the outcome unknown.
     *
     * @param failure what ended the attempt
     * @param safety whether the operation may be sent twice
     * @return the verdict
     */
    public static RetryDecision of(DefenderException failure, ReplaySafety safety) {
        if (failure instanceof ThrottledException) {
            // Status 0 is the local rate limiter's: it has waited as long as it was allowed to.
            return failure.status() == 0 ? FAIL : RETRY;
        }
        if (failure instanceof ConnectionException connection) {
            return connection.requestSent() ? lostAnswer(safety) : RETRY;
        }
        if (failure instanceof CallTimeoutException timeout) {
            return ofTimeout(timeout.phase(), safety);
        }
        if (failure instanceof ServiceException service) {
            return ofStatus(service, safety);
        }
        if (failure instanceof JvmErrorException) {
            // It says nothing of what the service has done.
            return safety == ReplaySafety.SAFE ? FAIL : OUTCOME_UNKNOWN;
        }
        if (failure instanceof ClientClosedException closed) {
            return closed.requestSent() && safety != ReplaySafety.SAFE ? OUTCOME_UNKNOWN : FAIL;
        }
        return FAIL;
    }

    private static RetryDecision ofTimeout(CallTimeoutException.Phase phase, ReplaySafety safety) {
        return switch (phase) {
            case ACQUIRE, CONNECT, TLS -> RETRY;
            case RESPONSE, READ -> lostAnswer(safety);
            case DEADLINE -> FAIL;
        };
    }

    private static RetryDecision ofStatus(ServiceException failure, ReplaySafety safety) {
        boolean safe = safety == ReplaySafety.SAFE;
        return switch (failure.status()) {
            case 503 -> safe || failure.retryAfter() != null ? RETRY : FAIL;
            case 408, 502, 504 -> lostAnswer(safety);
            // Refused before it was looked at.
            case 421, 425 -> RETRY;
            case 500 -> safe ? RETRY : FAIL;
            // The body of a success reported the failure.
            default -> safe && failure.status() / 100 == 2 ? RETRY : FAIL;
        };
    }

    private static RetryDecision lostAnswer(ReplaySafety safety) {
        return safety == ReplaySafety.SAFE ? RETRY : OUTCOME_UNKNOWN;
    }
}
