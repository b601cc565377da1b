package io.github.defenderreactive.client.hunting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A hunting query in the Kusto query language (KQL), with values bound to its placeholders. Immutable.
 *
 * <pre>{@code
 * HuntingQuery.of("DeviceEvents | where DeviceName == {device} and Timestamp > ago({age})")
 *         .bind("device", name)
 *         .bind("age", Duration.ofDays(7));
 * }</pre>
 *
 * <p>A placeholder is a name of letters, digits and underscores in braces, without blanks. A bound value becomes one
 * literal of the query language and never changes the rest of the query, whatever it contains. So a placeholder
 * replaces a value, not a table, a column or an operator, and is written without quotes and without a type: a
 * placeholder inside a string literal or inside {@code datetime()} cannot be bound. Braces in literals and comments are
 * left unchanged, and so are braces with anything else in them, such as those of a function body with blanks.
 *
 * @since 0.1.0
 */
public final class HuntingQuery {

    private final QueryTemplate template;
    private final Map<String, String> literals;
    private final @Nullable Duration timespan;

    private HuntingQuery(QueryTemplate template, Map<String, String> literals, @Nullable Duration timespan) {
        this.template = template;
        this.literals = literals;
        this.timespan = timespan;
    }

    /**
     * Creates a query.
     *
     * @param kql the text of the query, with placeholders for values. It must not be built from untrusted texts
     * @return the query, without values
     * @throws IllegalArgumentException if the text is blank, or has placeholders and a literal without an end
     */
    public static HuntingQuery of(String kql) {
        if (kql.isBlank()) {
            throw new IllegalArgumentException("kql must not be blank");
        }
        return new HuntingQuery(QueryTemplate.of(kql), Map.of(), null);
    }

    /**
     * Binds a text, as a {@code string}. It may contain any character.
     *
     * @param name name of the placeholder
     * @param value the text
     * @return a query with this value instead of an earlier one of this name
     * @throws IllegalArgumentException if the query has no such placeholder, or has it inside a literal
     */
    public HuntingQuery bind(String name, String value) {
        return with(name, KqlLiteral.text(Objects.requireNonNull(value, "value")));
    }

    /**
     * Binds a time, as a {@code datetime}. Its resolution is 100 ns; the rest is cut off.
     *
     * @param name name of the placeholder
     * @param value the time, in the years 1 to 9999
     * @return a query with this value instead of an earlier one of this name
     * @throws IllegalArgumentException if the query has no such placeholder, or has it inside a literal, or the time is
     *     out of range
     */
    public HuntingQuery bind(String name, Instant value) {
        return with(name, KqlLiteral.time(Objects.requireNonNull(value, "value")));
    }

    /**
     * Binds a length of time, as a {@code timespan}. Its resolution is 100 ns; the rest is cut off.
     *
     * @param name name of the placeholder
     * @param value the length, which may be negative, up to about 29,000 years
     * @return a query with this value instead of an earlier one of this name
     * @throws IllegalArgumentException if the query has no such placeholder, or has it inside a literal, or the length
     *     is out of range
     */
    public HuntingQuery bind(String name, Duration value) {
        return with(name, KqlLiteral.span(Objects.requireNonNull(value, "value")));
    }

    /**
     * Binds an integer, as a {@code long}.
     *
     * @param name name of the placeholder
     * @param value the integer
     * @return a query with this value instead of an earlier one of this name
     * @throws IllegalArgumentException if the query has no such placeholder, or has it inside a literal
     */
    public HuntingQuery bind(String name, long value) {
        return with(name, KqlLiteral.number(value));
    }

    /**
     * Binds a boolean, as a {@code bool}.
     *
     * @param name name of the placeholder
     * @param value the boolean
     * @return a query with this value instead of an earlier one of this name
     * @throws IllegalArgumentException if the query has no such placeholder, or has it inside a literal
     */
    public HuntingQuery bind(String name, boolean value) {
        return with(name, KqlLiteral.bool(value));
    }

    /**
     * Binds a list, as a {@code dynamic} array. It is used in parentheses: <code>DeviceName in ({names})</code>. An
     * empty list matches nothing.
     *
     * @param name name of the placeholder
     * @param values texts, instants, durations, integers or booleans
     * @return a query with this value instead of an earlier one of this name
     * @throws IllegalArgumentException if the query has no such placeholder, or has it inside a literal, or an element
     *     has another type or is out of range
     */
    public HuntingQuery bind(String name, Collection<?> values) {
        return with(name, KqlLiteral.list(values));
    }

    private HuntingQuery with(String name, String literal) {
        template.requireName(name);
        Map<String, String> more = new TreeMap<>(literals);
        more.put(name, literal);
        return new HuntingQuery(template, more, timespan);
    }

    /**
     * Sets the period that is searched, back from now. Supported by {@link HuntingBackend#GRAPH} only; a filter in the
     * query works with every back end.
     *
     * @param period the period, longer than zero; by default the last 30 days
     * @return a query over this period
     * @throws IllegalArgumentException if the period is zero or negative
     */
    public HuntingQuery over(Duration period) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("period must be longer than zero, was " + period);
        }
        return new HuntingQuery(template, literals, period);
    }

    /**
     * Returns the query as it is sent.
     *
     * @return the query with literals in place of the placeholders
     * @throws IllegalArgumentException if a value was not bound to every placeholder
     */
    public String text() {
        return template.render(literals);
    }

    @Nullable
    Duration timespan() {
        return timespan;
    }

    /** Returns the query with its placeholders, without the values. */
    @Override
    public String toString() {
        return template.query();
    }
}
