package io.github.defenderreactive.runtime.odata;

import java.math.BigDecimal;

/**
 * A property with a number that has fraction digits.
 *
 * @since 0.1.0
 */
public final class DecimalField extends Field<Double> {

    /**
     * Creates a field.
     *
     * @param name the name of the property
     */
    public DecimalField(String name) {
        super(name);
    }

    /**
     * Returns digits only, because the service has rejected numbers with an exponent. Infinities and NaN have no such
     * form.
     */
    @Override
    String literal(Double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    /**
     * Returns a filter for values greater than a given one.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter gt(Double value) {
        return compare("gt", value);
    }

    /**
     * Returns a filter for values greater than or equal to a given one.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter ge(Double value) {
        return compare("ge", value);
    }

    /**
     * Returns a filter for values less than a given one.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter lt(Double value) {
        return compare("lt", value);
    }

    /**
     * Returns a filter for values less than or equal to a given one.
     *
     * @param value the value, finite
     * @return the filter
     */
    public Filter le(Double value) {
        return compare("le", value);
    }
}
