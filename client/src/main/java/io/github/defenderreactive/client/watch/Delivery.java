package io.github.defenderreactive.client.watch;

import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One version of an item, handed to the consumer. It counts as done when the consumer has called {@link #acknowledge()};
 * until then it comes again after a restart.
 *
 * @param <T> the item
 * @since 0.1.0
 */
public final class Delivery<T> {

    /** How an item stands to those delivered before. */
    public enum Kind {
        /** Not delivered before. */
        NEW,
        /** Delivered before with an older update time, or so old that it was there before the watch can remember. */
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
     * @return completes when it is kept; {@link CursorStoreException} when it cannot be;
     *     {@link IllegalStateException} when the watch is over, for the store is closed then: limit a watch behind the
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
