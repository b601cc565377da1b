package io.github.defenderreactive.runtime.json;

import org.jspecify.annotations.Nullable;

/**
 * Reads one value; the reader stands before it and must stand behind it afterwards.
 *
 * <p>A decoder may be run again from the start of the same value when its bytes were not complete, so it must have no
 * effect but its result.
 *
 * @param <T> what is read
 * @since 0.1.0
 */
@FunctionalInterface
public interface JsonDecoder<T extends @Nullable Object> {

    /**
     * Reads the value the reader stands before.
     *
     * @param in the reader
     * @return the value
     * @throws JsonException if the bytes are not JSON
     */
    T read(JsonReader in);

    /**
     * A decoder for one entity that the service answers bare or inside <code>{"value": [entity]}</code>.
     *
     * @param entity reads the entity
     * @param <T> the entity
     * @return reads it in either form; null for a collection without an item, {@link JsonException} for one with several
     */
    @SuppressWarnings("NullAway") // a null is no entity: whoever asks for a single answer takes it as none
    static <T> JsonDecoder<T> unwrapping(JsonDecoder<T> entity) {
        return new Unwrapping<>(entity);
    }

    /**
     * Returns a decoder for an entity in whose place the service may report an error, although its status is a success.
     *
     * <p>An object is such a report when it has a member {@code error} or {@code odata.error} with a code or a message, and
     * besides it no text, number or boolean that the entity is known to have. What the entity is known to have is learned
     * from the entity's decoder. So an entity that has a member {@code error} of its own is read as an entity.
     *
     * @param entity reads the entity
     * @param <T> the entity
     * @return reads the entity; {@link ReportedErrorException} when an error stands in its place
     */
    static <T extends @Nullable Object> JsonDecoder<T> unlessError(JsonDecoder<T> entity) {
        return new UnlessError<>(entity, true);
    }

    /**
     * Returns a decoder for a response that means nothing unless it reports an error.
     *
     * @return gives null for any JSON; {@link ReportedErrorException} when it has a member {@code error} or
     *     {@code odata.error} that says what went wrong
     */
    static JsonDecoder<@Nullable Void> nothing() {
        return new UnlessError<@Nullable Void>(new Nothing(), true);
    }
}
