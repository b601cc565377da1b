package io.github.defenderreactive.runtime.json;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of one value. The reader is positioned before the value and must be positioned after it when the decoder
 * returns.
 *
 * <p>A decoder may be invoked again from the start of the same value when its bytes were incomplete, so it must not
 * have side effects.
 *
 * @param <T> type of the value
 * @since 0.1.0
 */
@FunctionalInterface
public interface JsonDecoder<T extends @Nullable Object> {

    /**
     * Reads the next value of the reader.
     *
     * @param in the reader
     * @return the value
     * @throws JsonException if the bytes are not JSON
     */
    T read(JsonReader in);

    /**
     * Returns a decoder for one entity that the service returns bare or inside <code>{"value": [entity]}</code>.
     *
     * @param entity the decoder of the entity
     * @param <T> type of the entity
     * @return a decoder of both forms; it returns null for an empty collection and throws {@link JsonException} for one
     *     with several items
     */
    @SuppressWarnings("NullAway") // null means that there is no entity, which callers handle as an empty response
    static <T> JsonDecoder<T> unwrapping(JsonDecoder<T> entity) {
        return new Unwrapping<>(entity);
    }

    /**
     * Returns a decoder for the items of a collection that are in a member other than {@code value}, and whose decoding
     * may depend on the members before them, such as the rows of a table after its columns.
     *
     * @param member name of the member with the items, in upper or lower case
     * @param items called once for each document, before its first item is read and even if there is none, with the
     *     members before the items, which are few and small; returns the decoder of one item. What it throws fails the
     *     read
     * @param <T> type of the items
     * @return a decoder for an {@link EnvelopeReader}, and thus for an operation that responds with a collection
     */
    static <T> JsonDecoder<T> itemsOf(
            String member, Function<? super Map<String, JsonValue>, ? extends JsonDecoder<T>> items) {
        return new EnvelopeReader.NamedItems<>(member, items);
    }

    /**
     * Returns a decoder for the items of a response that has one JSON value per line, without brackets and commas
     * around them (NDJSON, JSON Lines). Its size is not limited, only that of an item.
     *
     * @param item the decoder of one item
     * @param <T> type of the items
     * @return a decoder for an {@link EnvelopeReader}, and thus for an operation that responds with items
     */
    static <T> JsonDecoder<T> lines(JsonDecoder<T> item) {
        return new EnvelopeReader.Lines<>(item);
    }

    /**
     * Returns a decoder for an entity, for which the service may report an error instead, although the status is a
     * success.
     *
     * <p>An object is an error if it has a member {@code error} or {@code odata.error} with a code or a message, and no
     * string, number or boolean member that the entity is known to have. The known members are those that the entity's
     * decoder looks up. So an entity that has a member named {@code error} is read as an entity.
     *
     * @param entity the decoder of the entity
     * @param <T> type of the entity
     * @return a decoder of the entity; it throws {@link ReportedErrorException} if an error is reported instead
     */
    static <T extends @Nullable Object> JsonDecoder<T> unlessError(JsonDecoder<T> entity) {
        return new UnlessError<>(entity, true);
    }

    /**
     * Returns a decoder for a response that is ignored unless it reports an error.
     *
     * @return a decoder that returns null for any JSON; it throws {@link ReportedErrorException} if the response has a
     *     member {@code error} or {@code odata.error} with a code or a message
     */
    static JsonDecoder<@Nullable Void> nothing() {
        return new UnlessError<@Nullable Void>(new Nothing(), true);
    }
}
