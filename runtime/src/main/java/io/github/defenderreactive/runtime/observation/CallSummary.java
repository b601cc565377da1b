package io.github.defenderreactive.runtime.observation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call.
 *
 * @param outcome the kind of result
 * @param attempts the number of attempts on the wire, 0 if nothing was sent
 * @param items the number of values emitted: the items of a page, or the one entity
 * @param time the time from subscribe to the end, all waits included
 * @param status the HTTP status of the last attempt, 0 if no response to it was received
 * @param requestId the request id of the last attempt for the service's support, or null if its response has none
 * @param failure the error that ended it; null after a success, a cancel, and a deadline of a page
 * @since 0.1.0
 */
public record CallSummary(
        Outcome outcome,
        int attempts,
        long items,
        Duration time,
        int status,
        @Nullable String requestId,
        @Nullable Throwable failure) {}
