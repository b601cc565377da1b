package io.github.defenderreactive.client.hunting;

import java.util.Objects;

/**
 * A column of a result.
 *
 * @param name its name, as in the query
 * @param type the type of its values in the query engine, such as {@code DateTime}, {@code String}, {@code Int64},
 *     {@code SByte} for a boolean, or {@code Object}; empty if the service names none
 * @since 0.1.0
 */
public record HuntingColumn(String name, String type) {

    /**
     * Creates a column.
     *
     * @param name its name
     * @param type the type of its values, may be empty
     */
    public HuntingColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
