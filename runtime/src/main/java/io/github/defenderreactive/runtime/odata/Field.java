package io.github.defenderreactive.runtime.odata;

import java.util.Objects;

/**
 * A property that the service documents as filterable.
 *
 * @param <V> the type of its values
 * @since 0.1.0
 */
public abstract sealed class Field<V> permits TextField, EnumField, NumberField, DecimalField, TimeField {

    private final String name;

    Field(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Returns the name of the property in a filter.
     *
     * @return the name
     */
    public final String name() {
        return name;
    }

    abstract String literal(V value);

    final Filter compare(String operator, V value) {
        return Filter.comparison(name + " " + operator + " " + literal(value));
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * Returns a filter for values equal to a given one.
     *
     * @param value the value
     * @return the filter
     * @throws IllegalArgumentException if the value is not known to an {@link EnumField}
     */
    public final Filter eq(V value) {
        return compare("eq", value);
    }

    /**
     * Returns a filter for values not equal to a given one.
     *
     * @param value the value
     * @return the filter
     * @throws IllegalArgumentException if the value is not known to an {@link EnumField}
     */
    public final Filter ne(V value) {
        return compare("ne", value);
    }

    @Override
    public final String toString() {
        return name;
    }
}
