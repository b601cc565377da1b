package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.CursorStore;
import java.time.Duration;
import java.time.Instant;

/**
 * An event of a watch, besides its deliveries. Each event contains the name of the watch, see
 * {@link WatchOptions.Builder#name}.
 *
 * @since 0.1.0
 */
public sealed interface WatchEvent {

    /**
     * Returns the name of the watch.
     *
     * @return the name from its options
     */
    String watch();

    /**
     * A poll is complete, and all of its deliveries are acknowledged.
     *
     * @param watch the name of the watch
     * @param from the earliest update time that was requested
     * @param watermark the new watermark
     * @param rows number of rows that the service sent
     * @param delivered number of rows that were delivered, because they were not known
     * @param lag difference between the local time and the watermark
     */
    record Polled(String watch, Instant from, Instant watermark, long rows, long delivered, Duration lag)
            implements WatchEvent {}

    /**
     * A poll failed and is retried.
     *
     * @param watch the name of the watch
     * @param failure the error
     * @param attempt number of failures in a row
     * @param delay time until the retry
     */
    record Retrying(String watch, Throwable failure, int attempt, Duration delay) implements WatchEvent {}

    /**
     * An item became visible later than the deepest overlap allows. It is delivered, but others that became visible
     * even later may have been missed, so the deepest overlap should be longer.
     *
     * @param watch the name of the watch
     * @param id the id of the item
     * @param lastUpdateTime the update time of its version
     */
    record Late(String watch, String id, Instant lastUpdateTime) implements WatchEvent {}

    /**
     * The watermark does not move. Nothing is lost, but each poll reads more than the previous one.
     *
     * @param watch the name of the watch
     * @param watermark the watermark
     * @param reason what the watermark waits for
     * @param unacknowledged number of deliveries that are not acknowledged
     * @param since time since its last move
     */
    record Stuck(String watch, Instant watermark, Reason reason, int unacknowledged, Duration since)
            implements WatchEvent {

        /** The reason why a watermark does not move. */
        public enum Reason {
            /** Deliveries wait for {@link Delivery#acknowledge()}. */
            UNACKNOWLEDGED("deliveries are not acknowledged"),
            /** A method of the {@link CursorStore} has not completed. */
            STORE("the store does not complete"),
            /** The responses have no readable {@code Date}. */
            NO_DATE("the responses have no date"),
            /** The {@code Date} of the responses contradicts that of other responses; see {@link Doubted}. */
            DOUBTED_DATE("the date of the responses cannot be trusted"),
            /** The {@code Date} of the responses does not change, for example because a proxy caches them. */
            FROZEN_DATE("the date of the responses does not change");

            private final String words;

            Reason(String words) {
                this.words = words;
            }

            /**
             * Returns the reason in words.
             *
             * @return a clause without a capital letter
             */
            public String words() {
                return words;
            }
        }
    }

    /**
     * A row cannot be delivered as an item: it has no id, no last update time, or is not readable at all. Each row is
     * reported once. The watch continues; if the service corrects the row, it is delivered.
     *
     * @param watch the name of the watch
     * @param problem the problem with the row
     * @param json the row, up to its first 4,096 characters
     */
    record Irregular(String watch, String problem, String json) implements WatchEvent {}

    /**
     * The {@code Date} of a response differs a lot from the time expected after earlier responses, or from the local
     * clock. It has no effect unless the next responses agree with it.
     *
     * @param watch the name of the watch
     * @param date the date of the response
     * @param expected the time that was expected
     */
    record Doubted(String watch, Instant date, Instant expected) implements WatchEvent {}

    /**
     * The watermark was later than the time of the service and was moved back to a time at which nothing can have been
     * missed: the cursor came from another service, or earlier dates of the service proved to be wrong. Versions that
     * the watch remembers are not delivered again.
     *
     * @param watch the name of the watch
     * @param from the watermark before
     * @param to the watermark now
     */
    record MovedBack(String watch, Instant from, Instant to) implements WatchEvent {}

    /**
     * The local clock differs from that of the service by more than five minutes. The watch does not depend on the
     * local clock, but other programs do, and a time passed to {@link WatchOptions.Builder#since} may come from it.
     *
     * @param watch the name of the watch
     * @param ahead difference by which the local clock is fast; negative if it is slow
     */
    record ClockDiffers(String watch, Duration ahead) implements WatchEvent {}
}
