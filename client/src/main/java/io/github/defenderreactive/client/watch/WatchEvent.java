package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * What a watch tells besides its deliveries. Each event names the watch, see {@link WatchOptions.Builder#name}.
 *
 * @since 0.1.0
 */
public sealed interface WatchEvent {

    /**
     * Returns the name of the watch.
     *
     * @return the name that its options give it
     */
    String watch();

    /**
     * A poll is complete and all of it acknowledged.
     *
     * @param watch the name of the watch
     * @param from the earliest update asked for
     * @param watermark where the watch stands now
     * @param rows rows the service sent
     * @param delivered those that were not known
     * @param lag how far the watermark is behind the local clock
     */
    record Polled(String watch, Instant from, Instant watermark, long rows, long delivered, Duration lag)
            implements WatchEvent {}

    /**
     * A poll failed and is made again.
     *
     * @param watch the name of the watch
     * @param failure why
     * @param attempt how many have failed in a row
     * @param delay how long until the next one
     */
    record Retrying(String watch, Throwable failure, int attempt, Duration delay) implements WatchEvent {}

    /**
     * An item became visible later than the deepest overlap allows for. It is delivered; others that were later still may
     * have been missed, so the deepest overlap should be deeper.
     *
     * @param watch the name of the watch
     * @param id the item
     * @param lastUpdateTime its version
     */
    record Late(String watch, String id, Instant lastUpdateTime) implements WatchEvent {}

    /**
     * The watermark does not move. Nothing is lost, but each poll reads more than the one before.
     *
     * @param watch the name of the watch
     * @param watermark where it stands
     * @param reason what it waits for
     * @param unacknowledged deliveries that are not acknowledged
     * @param since how long it has not moved
     */
    record Stuck(String watch, Instant watermark, Reason reason, int unacknowledged, Duration since)
            implements WatchEvent {

        /** What a watermark that does not move waits for. */
        public enum Reason {
            /** Deliveries wait for {@link Delivery#acknowledge()}. */
            UNACKNOWLEDGED("deliveries are not acknowledged"),
            /** The {@link CursorStore} has not completed what it was asked for. */
            STORE("the store does not complete"),
            /** Responses have no {@code Date} that can be read. */
            NO_DATE("the responses have no date"),
            /** The {@code Date} of the responses contradicts that of others; see {@link Doubted}. */
            DOUBTED_DATE("the date of the responses cannot be trusted"),
            /** The {@code Date} of the responses stands still, as behind a proxy that caches. */
            FROZEN_DATE("the date of the responses stands still");

            private final String words;

            Reason(String words) {
                this.words = words;
            }

            /**
             * Returns the reason in words.
             *
             * @return a clause in small letters
             */
            public String words() {
                return words;
            }
        }
    }

    /**
     * A row cannot be delivered as an item: it has no id, no time of its last update, or is not readable at all. It is
     * told once. The watch goes on; if the service mends the row, it is delivered.
     *
     * @param watch the name of the watch
     * @param problem what is wrong with it
     * @param json the row, up to its first 4,096 characters
     */
    record Irregular(String watch, String problem, String json) implements WatchEvent {}

    /**
     * The {@code Date} of a response is far from what earlier responses, or the local clock, let expect. It moves nothing
     * unless the next responses agree with it.
     *
     * @param watch the name of the watch
     * @param date the date of the response
     * @param expected the time that was expected
     */
    record Doubted(String watch, Instant date, Instant expected) implements WatchEvent {}

    /**
     * The watermark lay in the future of the service and was moved back, to where nothing can have been missed: the cursor
     * was not of this service, or dates were believed that proved wrong. What is remembered is not delivered again.
     *
     * @param watch the name of the watch
     * @param from where it stood
     * @param to where it stands now
     */
    record MovedBack(String watch, Instant from, Instant to) implements WatchEvent {}

    /**
     * The local clock differs from that of the service by more than five minutes. The watch does not need it, but other
     * programs do, and a time given to {@link WatchOptions.Builder#since} may come from it.
     *
     * @param watch the name of the watch
     * @param ahead how far the local clock is ahead; negative when it is behind
     */
    record ClockDiffers(String watch, Duration ahead) implements WatchEvent {}
}
