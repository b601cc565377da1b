package io.github.defenderreactive.runtime.json;

/**
 * A value that writes itself in its wire form.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface JsonEncodable {

    /**
     * Writes this value as one JSON value.
     *
     * @param out where to
     */
    void write(JsonWriter out);
}
