package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operation together with the types of its bodies; generated, one constant per operation.
 *
 * @param <T> the entity, the item of a collection, or {@link Void} for an empty answer
 * @param info its facts
 * @param shape what a successful answer holds
 * @param responseDecoder reads the entity or one item; null when the answer is empty
 * @param key the identity of an item within its collection, by which a repeated item is recognised; the function gives
 *     null for an item without one; null itself when items have no identity
 * @param requestDecoder reads a request body of this operation from JSON; null when it has none
 * @param time the time of an item by which {@link Paging.Strategy#TIME_WINDOW} reads; the function gives null for an
 *     item without one; null itself for other strategies
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
     * @param info its facts
     * @param shape what a successful answer holds
     * @param responseDecoder reads the entity or one item; null when the answer is empty
     * @param key the identity of an item within its collection, by which a repeated item is recognised; the function
     *     gives null for an item without one; null itself when items have no identity
     * @param requestDecoder reads a request body of this operation from JSON; null when it has none
     * @param time the time of an item, or null
     * @throws IllegalArgumentException if the shape needs a decoder and there is none, or windows of time no time
     */
    public Operation {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(shape, "shape");
        if (shape != ResponseShape.EMPTY && responseDecoder == null) {
            throw new IllegalArgumentException(info.id() + " answers " + shape + " but has no decoder");
        }
        if (info.paging().strategy() == Paging.Strategy.TIME_WINDOW && time == null) {
            throw new IllegalArgumentException(info.id() + " is read in windows of time but its items have none");
        }
    }

    /**
     * Returns a builder of a call.
     *
     * @return a builder without arguments
     */
    public Call.Builder<T> call() {
        return new Call.Builder<>(this);
    }
}
