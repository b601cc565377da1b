package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operation and the types of its bodies. Generated, one constant for each operation.
 *
 * @param <T> the entity, the item of a collection, {@link String} for a text, {@link java.nio.ByteBuffer} for bytes, or
 *     {@link Void} for an empty response
 * @param info the facts of the operation
 * @param shape the content of a successful response
 * @param responseDecoder reads the entity or one item; null if the response is not JSON
 * @param key returns the identity of an item within its collection, by which a repeated item is recognised, or null for
 *     an item without one; null if items have no identity
 * @param requestDecoder reads a request body of this operation from JSON; null if it has none
 * @param time returns the time of an item by which {@link Paging.Strategy#TIME_WINDOW} reads, or null for an item
 *     without one; null for other strategies
 * @since 0.1.0
 */
public record Operation<T>(
        OperationInfo info,
        ResponseShape shape,
        @Nullable JsonDecoder<T> responseDecoder,
        @Nullable Function<? super T, @Nullable String> key,
        @Nullable JsonDecoder<? extends JsonEncodable> requestDecoder,
        @Nullable Function<? super T, @Nullable Instant> time) {

    /**
     * Checks the components.
     *
     * @param info the facts of the operation
     * @param shape the content of a successful response
     * @param responseDecoder reads the entity or one item; null if the response is not JSON
     * @param key returns the identity of an item within its collection, by which a repeated item is recognised, or null
     *     for an item without one; null if items have no identity
     * @param requestDecoder reads a request body of this operation from JSON; null if it has none
     * @param time returns the time of an item, or null
     * @throws IllegalArgumentException if the shape needs a decoder and there is none, or time windows are used and
     *     there is no time
     */
    public Operation {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(shape, "shape");
        if (shape.isJson() && responseDecoder == null) {
            throw new IllegalArgumentException(info.id() + " responds with " + shape + " but has no decoder");
        }
        if (info.paging().strategy() == Paging.Strategy.TIME_WINDOW && time == null) {
            throw new IllegalArgumentException(info.id() + " is read in time windows but its items have no time");
        }
    }

    /**
     * Returns a builder of calls.
     *
     * @return a new builder without arguments
     */
    public Call.Builder<T> call() {
        return new Call.Builder<>(this);
    }
}
