package io.github.defenderreactive.runtime.json;

/**
 * A value that can write itself as JSON.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface JsonEncodable {

    /**
     * Writes this value as one JSON value.
     *
     * @param out the writer
     */
    void write(JsonWriter out);
}
