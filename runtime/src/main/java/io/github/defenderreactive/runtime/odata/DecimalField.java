package io.github.defenderreactive.runtime.odata;

import java.math.BigDecimal;

/**
 * A property that holds a number with fraction digits.
 *
 * @since 0.1.0
 */
public final class DecimalField extends Field<Double> {

    /**
     * Creates a field.
     *
     * @param name the property's name
     */
    public DecimalField(String name) {
        super(name);
    }

    /** In digits only: the service has refused numbers with an exponent. Infinities and NaN have no such form. */
    @Override
    String literal(Double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    /**
     * Greater than.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter gt(Double value) {
        return compare("gt", value);
    }

    /**
     * Greater than or equal.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter ge(Double value) {
        return compare("ge", value);
    }

    /**
     * Less than.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter lt(Double value) {
        return compare("lt", value);
    }

    /**
     * Less than or equal.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter le(Double value) {
        return compare("le", value);
    }
}
