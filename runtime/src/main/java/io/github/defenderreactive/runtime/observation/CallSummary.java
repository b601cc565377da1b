package io.github.defenderreactive.runtime.observation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call went.
 *
 * @param outcome what it ended in
 * @param attempts wire attempts made, 0 when nothing was sent
 * @param items values emitted: the items of a page, or the one entity
 * @param time from subscribe to the end, all waits included
 * @param status the HTTP status of the last attempt, 0 when no answer to it arrived
 * @param requestId the id that the last attempt has for the service's support, or null when its response named none
 * @param failure the error that ended it; null after a success and a cancel, and when the time of a page was up
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
