package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.internal.http.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the part of the OData filter grammar that the service documents. */
final class FilterParser {

    /** Types of the literals of a property. */
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        TIME
    }

    /**
     * A property that may be filtered by.
     *
     * @param member its name in the response
     */
    record Property(String member, Type type) {}

    private static final Pattern TOKEN = Pattern.compile("\\s*(\\(|\\)|,|'(?:[^']|'')*'|[^\\s(),']+)");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T.*)?(Z|[+-]\\d{2}:\\d{2})?");
    private static final String ANY = "/any";
    private static final Set<String> OPERATORS = Set.of("eq", "ne", "gt", "ge", "lt", "le");

    private final String text;
    private final Map<String, Property> properties;
    private final Matcher matcher;
    private int at;
    private @Nullable String token;

    private FilterParser(String text, Map<String, Property> properties) {
        this.text = text;
        this.properties = properties;
        this.matcher = TOKEN.matcher(text);
        advance();
    }

    /**
     * Parses a filter.
     *
     * @param properties the properties that can be filtered, by lower-case name
     * @throws Problem 400 with code ODataError
     */
    static FilterExpression parse(String text, Map<String, Property> properties) {
        FilterParser parser = new FilterParser(text, properties);
        FilterExpression filter = parser.alternatives();
        if (parser.token != null) {
            throw parser.error("unexpected '" + parser.token + "'");
        }
        return filter;
    }

    private FilterExpression alternatives() {
        FilterExpression left = conjunction();
        while ("or".equals(token)) {
            advance();
            left = new FilterExpression.Or(left, conjunction());
        }
        return left;
    }

    private FilterExpression conjunction() {
        FilterExpression left = term();
        while ("and".equals(token)) {
            advance();
            left = new FilterExpression.And(left, term());
        }
        return left;
    }

    private FilterExpression term() {
        String first = take("a condition");
        if (first.equals("(")) {
            FilterExpression inner = alternatives();
            expect(")");
            return inner;
        }
        if ("(".equals(token)) {
            return function(first);
        }
        Property property = property(first);
        String operator = take("an operator");
        if (!OPERATORS.contains(operator)) {
            throw error("'" + operator + "' is not an operator");
        }
        return new FilterExpression.Comparison(property.member(), operator, literal(property, take("a value")));
    }

    private FilterExpression function(String name) {
        if (name.endsWith(ANY)) {
            return any(property(name.substring(0, name.length() - ANY.length())));
        }
        if (!name.equals("startswith")) {
            throw error("unknown function '" + name + "'");
        }
        expect("(");
        Property property = property(take("a property"));
        expect(",");
        Object prefix = literal(property, take("a text"));
        expect(")");
        if (!(prefix instanceof String start)) {
            throw error("startswith takes a text");
        }
        if ("eq".equals(token)) {
            advance();
            expect("true");
        }
        return new FilterExpression.StartsWith(property.member(), start);
    }

    /** Parses {@code machineTags/any(tag: tag eq 'x')}, which tests whether a list contains a value. */
    private FilterExpression any(Property property) {
        expect("(");
        String variable = take("a variable");
        if (!variable.endsWith(":")
                || !variable.substring(0, variable.length() - 1).equals(take("the variable"))) {
            throw error("any takes a variable, a colon and a condition on it");
        }
        expect("eq");
        Object element = literal(property, take("a value"));
        expect(")");
        return new FilterExpression.Comparison(property.member(), "eq", element);
    }

    private Property property(String name) {
        Property property = properties.get(name.toLowerCase(Locale.ROOT));
        if (property == null) {
            throw error("Could not find a property named '" + name + "' that can be filtered by");
        }
        return property;
    }

    private @Nullable Object literal(Property property, String literal) {
        if (literal.equals("null")) {
            return null;
        }
        Object value = value(literal);
        boolean fits = switch (property.type()) {
            case TEXT -> value instanceof String;
            case NUMBER -> value instanceof BigDecimal;
            case BOOLEAN -> value instanceof Boolean;
            case TIME -> value instanceof Instant;
        };
        if (!fits) {
            throw error("A binary operator with incompatible types was detected: property '" + property.member()
                    + "' is " + property.type() + ", the value is " + literal);
        }
        return value;
    }

    private Object value(String literal) {
        if (literal.startsWith("'")) {
            return literal.substring(1, literal.length() - 1).replace("''", "'");
        }
        if (literal.equals("true") || literal.equals("false")) {
            return Boolean.valueOf(literal);
        }
        try {
            return DATE.matcher(literal).matches() ? time(literal) : new BigDecimal(literal);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw error("'" + literal + "' is not a value");
        }
    }

    /** Parses a time with zone, or the documented irregular form of a date with zone and no time. */
    private static Instant time(String literal) {
        if (literal.indexOf('T') > 0) {
            return OffsetDateTime.parse(literal).toInstant();
        }
        return LocalDate.parse(literal.substring(0, 10)).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private String take(String wanted) {
        String taken = token;
        if (taken == null) {
            throw error(wanted + " is missing at the end");
        }
        advance();
        return taken;
    }

    private void expect(String wanted) {
        if (!take("'" + wanted + "'").equals(wanted)) {
            throw error("'" + wanted + "' is missing");
        }
    }

    private void advance() {
        matcher.region(at, text.length());
        if (matcher.lookingAt()) {
            token = matcher.group(1);
            at = matcher.end();
        } else if (text.substring(at).isBlank()) {
            token = null;
        } else {
            throw error("cannot read '" + text.substring(at) + "'");
        }
    }

    private Problem error(String message) {
        return Problem.odata("Invalid $filter: " + message + ". Filter: " + text);
    }
}
