package io.github.defenderreactive.client.watch;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One version of an item, handed to the consumer. It counts as done when the consumer has called {@link #acknowledge()};
 * until then it comes again after a restart. A test of a consumer makes its deliveries with {@link #of}.
 *
 * @param <T> the item
 * @since 0.1.0
 */
public final class Delivery<T> {

    /** How an item stands to those delivered before. */
    public enum Kind {
        /** Not delivered before. */
        NEW,
        /** Delivered before with another update time, or so old that it was there before the watch can remember. */
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
     * Returns a delivery that no watch made, for tests of a consumer. Its acknowledgement completes, and its cursor stands
     * at the epoch.
     *
     * @param item the item
     * @param kind how it stands to those delivered before
     * @param <T> the item
     * @return the delivery
     */
    public static <T> Delivery<T> of(T item, Kind kind) {
        return of(item, kind, Cursor.startingAt(Instant.EPOCH), Mono.empty());
    }

    /**
     * Returns a delivery that no watch made, for tests of a consumer.
     *
     * @param item the item
     * @param kind how it stands to those delivered before
     * @param cursor where a watch without a store would have to start
     * @param acknowledgement what {@link #acknowledge()} subscribes to; a
     *     {@link reactor.core.publisher.Mono#error(Throwable) failing} one tests what a consumer does then
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
     * The item.
     *
     * @return the item as the service sent it
     */
    public T item() {
        return item;
    }

    /**
     * Whether it is new.
     *
     * @return how it stands to those delivered before
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where a watch without the store of this one would have to start in order to miss nothing.
     *
     * @return the cursor of the poll that brought it
     */
    public Cursor cursor() {
        return cursor;
    }

    /**
     * Says that the item is dealt with. Every delivery needs it, also those that the consumer does not care for: the watch
     * polls again when all of a poll are acknowledged. Order does not matter, a second time does nothing.
     *
     * @return completes when it is kept; {@link CursorStoreException} when it cannot be, {@link LeaseLostException} when the
     *     store has given the place of the watch to another; the error of the watch when that has failed;
     *     {@link IllegalStateException} when the watch is over, because its store is closed then. Limit a watch after the
     *     acknowledgement, as in {@code watch.concatMap(d -> d.acknowledge().thenReturn(d)).take(5)}
     */
    public Mono<Void> acknowledge() {
        return Mono.defer(acknowledgement);
    }

    @Override
    public String toString() {
        return kind + " " + item;
    }
}
