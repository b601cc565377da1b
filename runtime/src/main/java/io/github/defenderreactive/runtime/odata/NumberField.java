package io.github.defenderreactive.runtime.odata;

/**
 * A property with a whole number.
 *
 * @since 0.1.0
 */
public final class NumberField extends Field<Long> {

    /**
     * Creates a field.
     *
     * @param name the name of the property
     */
    public NumberField(String name) {
        super(name);
    }

    @Override
    String literal(Long value) {
        return value.toString();
    }

    /**
     * Returns a filter for values greater than a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter gt(Long value) {
        return compare("gt", value);
    }

    /**
     * Returns a filter for values greater than or equal to a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter ge(Long value) {
        return compare("ge", value);
    }

    /**
     * Returns a filter for values less than a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter lt(Long value) {
        return compare("lt", value);
    }

    /**
     * Returns a filter for values less than or equal to a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter le(Long value) {
        return compare("le", value);
    }
}
