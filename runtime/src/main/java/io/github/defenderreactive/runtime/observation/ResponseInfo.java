package io.github.defenderreactive.runtime.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a response that its items do not carry.
 *
 * @param status the HTTP status
 * @param date the time of the service ({@code Date}), or null if the response names none
 * @param requestId the id to give to the service's support, or null if the response names none
 * @since 0.1.0
 */
public record ResponseInfo(
        int status, @Nullable Instant date, @Nullable String requestId) {}
