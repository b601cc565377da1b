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
 * The decision after a failed attempt.
 *
 * @since 0.1.0
 */
public enum RetryDecision {
    /** A retry does no harm and may succeed. */
    RETRY,
    /** The call ends with the failure. */
    FAIL,
    /** The service may have carried out the request, and a retry could do so again. */
    OUTCOME_UNKNOWN;

    /**
     * Decides after a failure.
     *
     * <p>An attempt that was never sent, or that the service rejected unread (421, 425, 429, 503 with a
     * {@code Retry-After}), may be retried for every operation. An attempt whose response was an error or was lost may
     * be retried only if the operation is safe to replay. For other operations a lost response, including one lost
     * behind a gateway (408, 502, 504), leaves the outcome unknown.
     *
     * @param failure the error that ended the attempt
     * @param safety whether the operation may be sent twice
     * @return the decision
     */
    public static RetryDecision of(DefenderException failure, ReplaySafety safety) {
        if (failure instanceof ThrottledException) {
            // status 0 means the local rate limiter, which has already waited as long as the call allows
            return failure.status() == 0 ? FAIL : RETRY;
        }
        if (failure instanceof ConnectionException connection) {
            return connection.requestSent() ? lostResponse(safety) : RETRY;
        }
        if (failure instanceof CallTimeoutException timeout) {
            return ofTimeout(timeout.phase(), safety);
        }
        if (failure instanceof ServiceException service) {
            return ofStatus(service, safety);
        }
        if (failure instanceof JvmErrorException) {
            // the error does not tell what the service has done
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
            case RESPONSE, READ -> lostResponse(safety);
            case DEADLINE -> FAIL;
        };
    }

    private static RetryDecision ofStatus(ServiceException failure, ReplaySafety safety) {
        boolean safe = safety == ReplaySafety.SAFE;
        return switch (failure.status()) {
            case 503 -> safe || failure.retryAfter() != null ? RETRY : FAIL;
            case 408, 502, 504 -> lostResponse(safety);
            // rejected before the request was read
            case 421, 425 -> RETRY;
            case 500 -> safe ? RETRY : FAIL;
            // the body of a success reported the failure
            default -> safe && failure.status() / 100 == 2 ? RETRY : FAIL;
        };
    }

    private static RetryDecision lostResponse(ReplaySafety safety) {
        return safety == ReplaySafety.SAFE ? RETRY : OUTCOME_UNKNOWN;
    }
}
