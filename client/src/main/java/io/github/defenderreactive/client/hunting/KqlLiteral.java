package io.github.defenderreactive.client.hunting;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Literals of the Kusto query language. */
final class KqlLiteral {

    private static final HexFormat HEX = HexFormat.of();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The longest time span of the query language, which counts ticks of 100 ns in 64 bits. */
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE / 10_000_000L);

    /** Printable characters of ASCII that a literal does not contain, because they mean something in some literal. */
    private static final String ESCAPED = "\"'`~\\(){}";

    private KqlLiteral() {}

    /**
     * Returns a text in quotes. Everything that could end a literal of any kind is an escape, and everything that is
     * not printable ASCII.
     */
    static String text(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c <= '~' && ESCAPED.indexOf(c) < 0) {
                out.append(c);
            } else if (c == '\\') {
                out.append("\\\\");
            } else {
                out.append("\\u").append(HEX.toHexDigits(c));
            }
        }
        return out.append('"').toString();
    }

    static String time(Instant value) {
        if (value.isBefore(FIRST) || value.isAfter(LAST)) {
            throw new IllegalArgumentException("value must be in the years 1 to 9999, was " + value);
        }
        return "datetime(" + TIME.format(value) + ")";
    }

    static String span(Duration value) {
        Duration length = value.abs();
        if (length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("value must be within " + LONGEST + " of zero, was " + value);
        }
        return String.format(
                Locale.ROOT,
                "timespan(%s%d.%02d:%02d:%02d.%07d)",
                value.isNegative() ? "-" : "",
                length.toDays(),
                length.toHoursPart(),
                length.toMinutesPart(),
                length.toSecondsPart(),
                length.toNanosPart() / 100);
    }

    /** Returns a number, which is one token even if it is negative. */
    static String number(long value) {
        return value < 0 ? "long(" + value + ")" : Long.toString(value);
    }

    static String bool(boolean value) {
        return Boolean.toString(value);
    }

    /** Returns a list as one value, which may be empty. */
    static String list(Collection<?> values) {
        return values.stream().map(KqlLiteral::element).collect(Collectors.joining(", ", "dynamic([", "])"));
    }

    private static String element(@Nullable Object value) {
        Objects.requireNonNull(value, "element of values");
        if (value instanceof String text) {
            return text(text);
        } else if (value instanceof Instant time) {
            return time(time);
        } else if (value instanceof Duration span) {
            return span(span);
        } else if (value instanceof Boolean bool) {
            return bool(bool);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            return Long.toString(((Number) value).longValue());
        }
        throw new IllegalArgumentException(
                "values must contain texts, instants, durations, integers or booleans, was a "
                        + value.getClass().getName());
    }
}
