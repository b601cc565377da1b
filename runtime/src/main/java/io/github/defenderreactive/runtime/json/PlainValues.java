package io.github.defenderreactive.runtime.json;

import io.github.defenderreactive.runtime.value.OpenNumber;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writer of values in types of the JDK, as parsers of JSON and of other formats create them. */
final class PlainValues {

    private final JsonWriter out = new JsonWriter();
    private int depth;

    private PlainValues() {}

    static String json(@Nullable Object value) {
        PlainValues values = new PlainValues();
        values.write(value);
        return values.out.toString();
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            out.nullValue();
        } else if (value instanceof CharSequence || value instanceof Character) {
            out.string(value.toString());
        } else if (value instanceof Boolean bool) {
            out.bool(bool);
        } else if (value instanceof Number number) {
            write(number);
        } else if (value instanceof JsonEncodable encodable) {
            out.value(encodable);
        } else if (value instanceof OpenEnum word) {
            out.string(word.value());
        } else if (value instanceof OpenNumber number) {
            out.number(number.value());
        } else if (value instanceof Instant time) {
            out.instant(time);
        } else if (value instanceof byte[] bytes) {
            out.string(Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Map<?, ?>
                || value instanceof Iterable<?>
                || value.getClass().isArray()) {
            writeNested(value);
        } else {
            throw new IllegalArgumentException(
                    "Cannot write " + value.getClass().getName() + " as JSON: pass a string or a number");
        }
    }

    private void writeNested(Object value) {
        if (++depth > JsonLimits.DEFAULT.depth()) {
            throw new IllegalArgumentException("Nested deeper than " + JsonLimits.DEFAULT.depth());
        }
        if (value instanceof Map<?, ?> map) {
            out.beginObject();
            map.forEach((name, member) -> {
                out.name(name(name));
                write(member);
            });
            out.endObject();
        } else {
            out.beginArray();
            if (value instanceof Iterable<?> elements) {
                elements.forEach(this::write);
            } else {
                for (int i = 0; i < Array.getLength(value); i++) {
                    write(Array.get(value, i));
                }
            }
            out.endArray();
        }
        depth--;
    }

    private static String name(@Nullable Object key) {
        if (key instanceof CharSequence) {
            return key.toString();
        }
        if (key instanceof OpenEnum word) {
            return word.value();
        }
        throw new IllegalArgumentException("Member name must be a string, was "
                + (key == null ? "null" : key.getClass().getName()));
    }

    private void write(Number number) {
        if (number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicInteger
                || number instanceof AtomicLong) {
            out.number(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException("JSON cannot represent " + number
                        + ". If a parser read it from a larger number, let it read BigDecimal values");
            }
            // The digits of a float are fewer than those of the same double.
            if (number instanceof Float) {
                out.number(new BigDecimal(number.toString()));
            } else {
                out.number(number.doubleValue());
            }
        } else if (number instanceof BigDecimal decimal) {
            out.number(readable(decimal));
        } else if (number instanceof BigInteger integer) {
            out.number(readable(new BigDecimal(integer)));
        } else {
            throw new IllegalArgumentException(
                    "Cannot write " + number.getClass().getName() + " as JSON: pass a BigDecimal");
        }
    }

    /** Returns the number. A number of the JDK can have more digits than {@link JsonReader} accepts. */
    private static BigDecimal readable(BigDecimal number) {
        try {
            JsonReader.of(number.toString()).readDecimal();
            return number;
        } catch (JsonException e) {
            throw new IllegalArgumentException("Number cannot be read back: " + e.getMessage(), e);
        }
    }
}
