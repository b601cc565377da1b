package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A parsed {@code $filter}. */
public sealed interface FilterExpression {

    boolean test(Row row);

    /** Returns the span of ticks outside of which no row with this member can pass. */
    default Span span(String member) {
        return Span.ALL;
    }

    /** Returns whether a row passes exactly if the member lies in {@link #span}. */
    default boolean isSpanOf(String member) {
        return false;
    }

    /** Returns the only value the member may have, null if the filter allows others. */
    default @Nullable Object equalTo(String member) {
        return null;
    }

    /** A span of ticks, both ends inside. */
    record Span(long first, long last) {
        public static final Span ALL = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

        public Span and(Span other) {
            return new Span(Math.max(first, other.first), Math.min(last, other.last));
        }

        Span or(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    record And(FilterExpression left, FilterExpression right) implements FilterExpression {
        @Override
        public boolean test(Row row) {
            return left.test(row) && right.test(row);
        }

        @Override
        public Span span(String member) {
            return left.span(member).and(right.span(member));
        }

        @Override
        public boolean isSpanOf(String member) {
            return left.isSpanOf(member) && right.isSpanOf(member);
        }

        @Override
        public @Nullable Object equalTo(String member) {
            Object value = left.equalTo(member);
            return value == null ? right.equalTo(member) : value;
        }
    }

    record Or(FilterExpression left, FilterExpression right) implements FilterExpression {
        @Override
        public boolean test(Row row) {
            return left.test(row) || right.test(row);
        }

        @Override
        public Span span(String member) {
            return left.span(member).or(right.span(member));
        }
    }

    record StartsWith(String member, String prefix) implements FilterExpression {
        @Override
        public boolean test(Row row) {
            return row.get(member) instanceof String text
                    && text.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
        }
    }

    /** A comparison; with null only eq and ne hold, and a list equals a value that it contains. */
    record Comparison(
            String member, String operator, @Nullable Object literal) implements FilterExpression {
        @Override
        public boolean test(Row row) {
            Object value = row.get(member);
            if (value instanceof List<?> list) {
                return list.contains(literal) == operator.equals("eq");
            }
            if (value == null || literal == null) {
                return (value == literal) == operator.equals("eq") && (operator.equals("eq") || operator.equals("ne"));
            }
            int order = compare(value, literal);
            return switch (operator) {
                case "eq" -> order == 0;
                case "ne" -> order != 0;
                case "gt" -> order > 0;
                case "ge" -> order >= 0;
                case "lt" -> order < 0;
                default -> order <= 0;
            };
        }

        private static int compare(Object value, Object literal) {
            if (value instanceof Instant time) {
                return time.compareTo((Instant) literal);
            }
            if (value instanceof Number number) {
                return new BigDecimal(number.toString()).compareTo((BigDecimal) literal);
            }
            return value.toString().compareTo(literal.toString());
        }

        @Override
        public Span span(String name) {
            if (!name.equals(member) || !(literal instanceof Instant time)) {
                return Span.ALL;
            }
            return switch (operator) {
                case "eq" -> new Span(Ticks.ceiling(time), Ticks.floor(time));
                case "gt" -> new Span(Ticks.floor(time) + 1, Long.MAX_VALUE);
                case "ge" -> new Span(Ticks.ceiling(time), Long.MAX_VALUE);
                case "lt" -> new Span(Long.MIN_VALUE, Ticks.ceiling(time) - 1);
                case "le" -> new Span(Long.MIN_VALUE, Ticks.floor(time));
                default -> Span.ALL;
            };
        }

        @Override
        public boolean isSpanOf(String name) {
            return name.equals(member) && literal instanceof Instant && !operator.equals("ne");
        }

        @Override
        public @Nullable Object equalTo(String name) {
            return name.equals(member) && operator.equals("eq") ? literal : null;
        }
    }
}
