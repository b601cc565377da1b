package io.github.defenderreactive.client.cursor;

import java.time.Instant;
import java.util.Objects;

/**
 * A version of an item that was delivered and acknowledged, or that a watch remembers without a delivery.
 *
 * @param id id of the item as the service sent it: any text, including line breaks and control characters
 * @param lastUpdateTime the update time of the version
 * @since 0.1.0
 */
public record SeenVersion(String id, Instant lastUpdateTime) {

    /**
     * Checks that no component is null.
     *
     * @param id id of the item as the service sent it: any text, including line breaks and control characters
     * @param lastUpdateTime the update time of the version
     */
    public SeenVersion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(lastUpdateTime, "lastUpdateTime");
    }
}
