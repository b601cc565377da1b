package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.cursor.LeaseLostException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One version of an item, delivered to the consumer. The consumer calls {@link #acknowledge()} when it has processed
 * the item; until then the version is delivered again after a restart. Tests of a consumer create deliveries with
 * {@link #of}.
 *
 * @param <T> the item
 * @since 0.1.0
 */
public final class Delivery<T> {

    /** Whether an item was delivered before. */
    public enum Kind {
        /** The item was not delivered before. */
        NEW,
        /** Another version of the item was delivered before, or the item is older than the memory of the watch. */
        UPDATED
    }

    private final T item;
    private final Kind kind;
    private final Cursor cursor;
    private final Supplier<Mono<Void>> acknowledgement;

    Delivery(T item, Kind kind, Cursor cursor, Supplier<Mono<Void>> acknowledgement) {
        this.item = Objects.requireNonNull(item, "item");
        this.kind = kind;
        this.cursor = cursor;
        this.acknowledgement = acknowledgement;
    }

    /**
     * Returns a delivery without a watch, for tests of a consumer. Its acknowledgement completes, and the times of its
     * cursor are the epoch.
     *
     * @param item the item
     * @param kind whether the item was delivered before
     * @param <T> the item
     * @return the delivery
     */
    public static <T> Delivery<T> of(T item, Kind kind) {
        return of(item, kind, Cursor.startingAt(Instant.EPOCH), Mono.empty());
    }

    /**
     * Returns a delivery without a watch, for tests of a consumer.
     *
     * @param item the item
     * @param kind whether the item was delivered before
     * @param cursor the cursor from which a watch without a store would have to start
     * @param acknowledgement the publisher that {@link #acknowledge()} subscribes to; {@link Mono#error(Throwable)}
     *     tests how a consumer handles a failure
     * @param <T> the item
     * @return the delivery
     */
    public static <T> Delivery<T> of(T item, Kind kind, Cursor cursor, Mono<Void> acknowledgement) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(cursor, "cursor");
        Objects.requireNonNull(acknowledgement, "acknowledgement");
        return new Delivery<>(item, kind, cursor, () -> acknowledgement);
    }

    /**
     * Returns the item.
     *
     * @return the item as the service sent it
     */
    public T item() {
        return item;
    }

    /**
     * Returns whether the item was delivered before.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the cursor from which a watch without the store of this watch would have to start to miss nothing.
     *
     * @return the cursor of the poll that read the item
     */
    public Cursor cursor() {
        return cursor;
    }

    /**
     * Acknowledges that the item is processed. Every delivery must be acknowledged, even if the consumer ignores the
     * item: the watch polls again after all deliveries of a poll are acknowledged. The order of acknowledgements does
     * not matter, and a second one has no effect.
     *
     * @return completes when the acknowledgement is stored; {@link CursorStoreException} if it cannot be stored,
     *     {@link LeaseLostException} if the store was taken over by another watch; the error of the watch if that has
     *     failed; {@link IllegalStateException} if the watch has ended, because its store is closed then. To limit a
     *     watch, put the limit after the acknowledgement, as in {@code watch.concatMap(d ->
     *     d.acknowledge().thenReturn(d)).take(5)}
     */
    public Mono<Void> acknowledge() {
        return Mono.defer(acknowledgement);
    }

    @Override
    public String toString() {
        return kind + " " + item;
    }
}
