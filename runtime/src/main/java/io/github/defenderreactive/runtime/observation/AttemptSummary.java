package io.github.defenderreactive.runtime.observation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt went.
 *
 * @param number its number, from 1
 * @param outcome what it ended in
 * @param status the HTTP status, 0 when no answer arrived
 * @param time from sending to the last byte read, waits for demand included
 * @param bytes bytes of the answer's body that were read, without content coding
 * @param requestId the id to give to the service's support, or null when the response named none
 * @param failure the error that ended it; null after a success, a cancel, and when the time of the call was up
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
