package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * What a watch tells besides its deliveries.
 *
 * @since 0.1.0
 */
public sealed interface WatchEvent {

    /**
     * A poll is complete and all of it acknowledged.
     *
     * @param from the earliest update asked for
     * @param watermark where the watch stands now
     * @param rows rows the service sent
     * @param delivered those that were not known
     * @param lag how far the watermark is behind the local clock
     */
    record Polled(Instant from, Instant watermark, long rows, long delivered, Duration lag) implements WatchEvent {}

    /**
     * A poll failed and is made again.
     *
     * @param failure why
     * @param attempt how many have failed in a row
     * @param delay how long until the next one
     */
    record Retrying(Throwable failure, int attempt, Duration delay) implements WatchEvent {}

    /**
     * An item became visible later than the deepest overlap allows for. It is delivered; others that were later still may
     * have been missed, so the deepest overlap should be deeper.
     *
     * @param id the item
     * @param lastUpdateTime its version
     */
    record Late(String id, Instant lastUpdateTime) implements WatchEvent {}

    /**
     * The watermark does not move. Either deliveries wait for {@link Delivery#acknowledge()}, or the date the service
     * sends stands still, as behind a proxy that caches.
     *
     * @param watermark where it stands
     * @param unacknowledged deliveries that are not acknowledged
     * @param since how long it has not moved
     */
    record Stuck(Instant watermark, int unacknowledged, Duration since) implements WatchEvent {}
}
