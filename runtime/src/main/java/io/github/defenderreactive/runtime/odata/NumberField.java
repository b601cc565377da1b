package io.github.defenderreactive.runtime.odata;

/**
 * A property that holds a whole number.
 *
 * @since 0.1.0
 */
public final class NumberField extends Field<Long> {

    /**
     * Creates a field.
     *
     * @param name the property's name
     */
    public NumberField(String name) {
        super(name);
    }

    @Override
    String literal(Long value) {
        return value.toString();
    }

    /**
     * Greater than.
     *
     * @param value the value
     * @return the filter
     */
    public Filter gt(Long value) {
        return compare("gt", value);
    }

    /**
     * Greater than or equal.
     *
     * @param value the value
     * @return the filter
     */
    public Filter ge(Long value) {
        return compare("ge", value);
    }

    /**
     * Less than.
     *
     * @param value the value
     * @return the filter
     */
    public Filter lt(Long value) {
        return compare("lt", value);
    }

    /**
     * Less than or equal.
     *
     * @param value the value
     * @return the filter
     */
    public Filter le(Long value) {
        return compare("le", value);
    }
}
