package io.github.defenderreactive.emulator.internal.json;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.OpenEnum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The data of a test as plain JSON values: maps, lists, texts, numbers, booleans, times and null. */
public final class JsonData {

    /** Deeper than any document of the API; a map that holds itself ends here. */
    private static final int DEEPEST = 64;

    private static final int MOST_SHOWN = 100;

    private JsonData() {}

    /**
     * Returns the whole value in plain form.
     *
     * @param place the place of the value, for the message
     * @throws IllegalArgumentException naming the place that is not JSON
     */
    public static @Nullable Object of(String place, @Nullable Object given) {
        return of(place, given, 0);
    }

    private static @Nullable Object of(String place, @Nullable Object given, int depth) {
        requireDepth(place, depth);
        Object value = surface(place, given);
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                String name = name(place, key);
                copy.put(name, of(place + "." + name, member, depth + 1));
            });
            return Collections.unmodifiableMap(copy);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                copy.add(of(place + "[" + i + "]", list.get(i), depth + 1));
            }
            return Collections.unmodifiableList(copy);
        } else if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Number
                || value instanceof Instant) {
            return value;
        }
        throw new IllegalArgumentException(place + " must be a JSON value, was " + shown(value));
    }

    public static void requireDepth(String place, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(place + " must not be nested deeper than " + DEEPEST);
        }
    }

    public static String name(String place, @Nullable Object key) {
        Object name = key instanceof OpenEnum word ? word.value() : key;
        if (name instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(place + " must have strings as names, was " + shown(key));
    }

    /**
     * Returns the value with its top level in plain form: models, enumerations, times, collections and arrays are
     * converted, other values are returned unchanged.
     */
    public static @Nullable Object surface(String place, @Nullable Object given) {
        if (given instanceof OpenEnum word) {
            return word.value();
        } else if (given instanceof JsonEncodable model) {
            return written(place, model);
        } else if (given instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (given instanceof ZonedDateTime time) {
            return time.toInstant();
        } else if (given instanceof UUID || given instanceof URI || given instanceof CharSequence) {
            return given.toString();
        } else if (given instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        } else if (given instanceof Object[] array) {
            return Arrays.asList(array);
        } else if (given instanceof Number number) {
            return number(place, number);
        }
        return given;
    }

    private static @Nullable Object written(String place, JsonEncodable model) {
        try {
            return JsonValue.from(model).toJava();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    place + " must write itself as JSON, was "
                            + model.getClass().getName(),
                    e);
        }
    }

    private static Number number(String place, Number number) {
        if (number instanceof Byte || number instanceof Short || number instanceof Integer || number instanceof Long) {
            return number.longValue();
        } else if (number instanceof BigInteger large) {
            return new BigDecimal(large);
        } else if (number instanceof BigDecimal) {
            return number;
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(place + " must be finite, was " + number);
        }
        return number instanceof Float ? new BigDecimal(number.toString()) : value;
    }

    /** Returns a value as a message shows it. */
    public static String shown(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String text = text(value);
        String cut = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return value instanceof String
                ? "'" + cut + "'"
                : cut + " (" + value.getClass().getSimpleName() + ")";
    }

    /** Returns the text of a value. A map that contains itself has none. */
    private static String text(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException | StackOverflowError e) {
            return "something that has no text";
        }
    }
}
