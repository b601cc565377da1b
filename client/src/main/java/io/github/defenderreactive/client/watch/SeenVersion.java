package io.github.defenderreactive.client.watch;

import java.time.Instant;
import java.util.Objects;

/**
 * A version of an item that was delivered and acknowledged.
 *
 * @param id id of the item as the service sent it: any text, line breaks and control characters included
 * @param lastUpdateTime which version
 * @since 0.1.0
 */
public record SeenVersion(String id, Instant lastUpdateTime) {

    /**
     * Checks that nothing is null.
     *
     * @param id id of the item as the service sent it: any text, line breaks and control characters included
     * @param lastUpdateTime which version
     */
    public SeenVersion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(lastUpdateTime, "lastUpdateTime");
    }
}
