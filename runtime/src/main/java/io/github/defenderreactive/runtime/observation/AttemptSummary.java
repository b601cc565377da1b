package io.github.defenderreactive.runtime.observation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of an attempt.
 *
 * @param number the number of the attempt, from 1
 * @param outcome the kind of result
 * @param status the HTTP status, 0 if no response was received
 * @param time the time from sending to the last byte read, waits for demand included
 * @param bytes the number of bytes of the response body that were read, without content coding
 * @param requestId the request id for the service's support, or null if the response has none
 * @param failure the error that ended it; null after a success, a cancel, and a deadline of the call
 * @since 0.1.0
 */
public record AttemptSummary(
        int number,
        Outcome outcome,
        int status,
        Duration time,
        long bytes,
        @Nullable String requestId,
        @Nullable Throwable failure) {}
