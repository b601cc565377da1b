package io.github.defenderreactive.runtime.odata;

import java.util.Objects;

/**
 * An OData filter expression, not yet percent-encoded. Create it from the field constants of a resource, for example
 * {@code AlertFields.SEVERITY.eq(AlertSeverity.HIGH).and(AlertFields.STATUS.ne(AlertStatus.RESOLVED))}.
 *
 * @since 0.1.0
 */
public final class Filter {

    private final String expression;
    private final boolean compound;

    private Filter(String expression, boolean compound) {
        this.expression = expression;
        this.compound = compound;
    }

    static Filter comparison(String expression) {
        return new Filter(expression, false);
    }

    /**
     * Creates a filter from an expression, for what is not documented. Quote strings and double the quotes inside them,
     * or an attacker's text becomes part of the filter.
     *
     * @param expression the expression, not percent-encoded
     * @return the filter
     * @throws IllegalArgumentException if the expression is blank
     */
    public static Filter raw(String expression) {
        if (expression.isBlank()) {
            throw new IllegalArgumentException("expression must not be blank");
        }
        return new Filter(expression, true);
    }

    /**
     * Returns a filter that requires both this filter and another one.
     *
     * @param other the other filter
     * @return the combined filter
     */
    public Filter and(Filter other) {
        return new Filter(operand() + " and " + other.operand(), true);
    }

    /**
     * Returns a filter that requires this filter or another one.
     *
     * @param other the other filter
     * @return the combined filter
     */
    public Filter or(Filter other) {
        return new Filter(operand() + " or " + other.operand(), true);
    }

    private String operand() {
        return compound ? "(" + expression + ")" : expression;
    }

    /**
     * Returns the text of {@code $filter}.
     *
     * @return the expression, not percent-encoded
     */
    public String expression() {
        return expression;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Filter filter && filter.expression.equals(expression);
    }

    @Override
    public int hashCode() {
        return Objects.hash(expression);
    }

    @Override
    public String toString() {
        return expression;
    }
}
