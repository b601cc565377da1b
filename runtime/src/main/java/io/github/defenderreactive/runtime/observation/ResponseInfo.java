package io.github.defenderreactive.runtime.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a response that its items do not carry.
 *
 * @param status the HTTP status
 * @param date the date of the response by the service's clock ({@code Date}), or null if the response has none
 * @param requestId the request id for the service's support, or null if the response has none
 * @since 0.1.0
 */
public record ResponseInfo(
        int status, @Nullable Instant date, @Nullable String requestId) {}
