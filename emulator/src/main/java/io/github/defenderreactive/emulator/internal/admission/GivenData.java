package io.github.defenderreactive.emulator.internal.admission;

import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.EditDistance;
import io.github.defenderreactive.emulator.internal.description.Schemas;
import io.github.defenderreactive.emulator.internal.json.JsonData;
import io.github.defenderreactive.emulator.internal.json.Node;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks the data of a test against schemas of the description, and converts it to the types that the emulator computes
 * with: {@link Instant} for times, {@link Long} for whole numbers. Checked data can be served by every operation.
 */
public final class GivenData {

    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final String A_TIME = "a time from year 1 to 9999, such as 2026-11-01T00:00:00Z";
    private static final Set<String> ANNOTATIONS = Set.of("@odata.context");

    private final Description description;
    private final boolean unknownAllowed;

    public GivenData(Description description, boolean unknownAllowed) {
        this.description = description;
        this.unknownAllowed = unknownAllowed;
    }

    /**
     * Returns the members of an object. Required members that are missing are left out.
     *
     * @param what the kind of the object, for the message
     * @throws IllegalArgumentException naming the member that is wrong, what is expected, and what is given
     */
    public Map<String, @Nullable Object> members(String what, Node schema, Object given) {
        Object value = value(what, schema, given, 0);
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // made by members(...) below
            Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) value;
            return members;
        }
        throw wrong(what, "an object", given);
    }

    private @Nullable Object value(String place, Node reference, @Nullable Object given, int depth) {
        JsonData.requireDepth(place, depth);
        Object value = JsonData.surface(place, given);
        Node schema = description.resolve(reference);
        if (schema.get("x-defender-any").isTrue()) {
            return JsonData.of(place, value);
        } else if (value == null) {
            if (!Schemas.nullable(reference)) {
                throw wrong(place, expected(schema), null);
            }
            return null;
        } else if (schema.get(Schemas.DISCRIMINATOR).present()) {
            return union(place, schema, value, given, depth);
        }
        return typed(place, schema, value, given, depth);
    }

    private @Nullable Object typed(String place, Node schema, Object value, @Nullable Object given, int depth) {
        List<String> types = Schemas.types(schema);
        if (value instanceof Map<?, ?> map && types.contains("object")) {
            return members(place, schema, map, depth);
        } else if (value instanceof List<?> list && types.contains("array")) {
            List<@Nullable Object> items = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                items.add(value(place + "[" + i + "]", schema.get("items"), list.get(i), depth + 1));
            }
            return Collections.unmodifiableList(items);
        } else if (value instanceof Boolean && types.contains("boolean")) {
            return value;
        } else if (value instanceof Number number && types.contains("integer")) {
            return whole(place, schema, number);
        } else if (value instanceof Number && types.contains("number")) {
            return value;
        } else if (types.contains("string") && isTime(schema)) {
            return time(place, value, given);
        } else if (value instanceof String text && types.contains("string")) {
            return text(place, schema, text);
        }
        throw wrong(place, expected(schema), given);
    }

    private @Nullable Object union(String place, Node schema, Object value, @Nullable Object given, int depth) {
        Node discriminator = schema.get(Schemas.DISCRIMINATOR);
        String member = discriminator.get("propertyName").requiredText();
        Map<String, Node> mapping = discriminator.get("mapping").members();
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(place, "an object", given);
        }
        Object kind = JsonData.surface(place, map.get(member));
        Node reference = kind instanceof String name ? mapping.get(name) : null;
        if (reference != null) {
            return typed(
                    place, description.resolve(discriminator.reference(reference.requiredText())), value, given, depth);
        } else if (unknownAllowed) {
            return JsonData.of(place, value);
        }
        throw wrong(place + "." + member, "one of " + String.join(", ", mapping.keySet()), kind);
    }

    private Map<String, @Nullable Object> members(String place, Node schema, Map<?, ?> given, int depth) {
        Map<String, Node> properties = schema.get("properties").members();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        given.forEach((key, member) -> {
            String name = JsonData.name(place, key);
            String known = Schemas.property(schema, properties, name);
            String at = place(place, name, depth);
            if (known != null) {
                // A name that is written in either case is kept as it is given.
                members.put(
                        properties.containsKey(name) || !Schemas.eitherCase(schema) ? known : name,
                        value(at, properties.getOrDefault(known, new Node(null)), member, depth + 1));
            } else if (ANNOTATIONS.contains(name)) {
                // A model that was read from a response keeps what belongs to the response.
                return;
            } else if (unknownAllowed) {
                members.put(name, JsonData.of(at, member));
            } else {
                throw new IllegalArgumentException(place + " has no member " + name + nearest(name, properties.keySet())
                        + "; allowingUnknown() accepts members that the API description lacks");
            }
        });
        return Collections.unmodifiableMap(members);
    }

    private static String place(String object, String member, int depth) {
        return depth == 0 ? object + " member " + member : object + "." + member;
    }

    /** Returns a hint to the known name that differs from the given one in a letter or two. */
    private static String nearest(String name, Set<String> names) {
        String given = name.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(known -> distance(given, known) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt(known -> distance(given, known)))
                .map(known -> "; the nearest is " + known)
                .orElse("");
    }

    private static int distance(String given, String known) {
        return EditDistance.between(given, known.toLowerCase(Locale.ROOT));
    }

    private static Object whole(String place, Node schema, Number number) {
        boolean small = "int32".equals(schema.get("format").text());
        try {
            long value = number instanceof Long exact ? exact : new BigDecimal(number.toString()).longValueExact();
            if (!small || value == (int) value) {
                return value;
            }
        } catch (ArithmeticException e) {
            // A fraction, or too large; reported below.
        }
        throw wrong(place, "a whole number of " + (small ? 32 : 64) + " bits", number);
    }

    private static boolean isTime(Node schema) {
        return "date-time".equals(schema.get("format").text());
    }

    private static Instant time(String place, Object value, @Nullable Object given) {
        Instant time = null;
        if (value instanceof Instant instant) {
            time = instant;
        } else if (value instanceof String text) {
            try {
                time = OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                // No time; reported below.
            }
        }
        if (time == null || !isInRange(time)) {
            throw wrong(place, A_TIME, given);
        }
        return time;
    }

    private static boolean isInRange(Instant time) {
        return !time.isBefore(FIRST_TIME) && !time.isAfter(LAST_TIME);
    }

    public static void requireTime(String place, Instant time) {
        if (!isInRange(time)) {
            throw wrong(place, A_TIME, time);
        }
    }

    private Object text(String place, Node schema, String text) {
        List<String> words = schema.get("enum").texts();
        boolean open = schema.get("x-defender-open").isTrue();
        if (!words.isEmpty() && !words.contains(text) && !unknownAllowed && (!open || isSlip(text, words))) {
            throw wrong(place, "one of " + String.join(", ", words), text);
        }
        if ("uuid".equals(schema.get("format").text()) && !isUuid(text)) {
            throw wrong(place, "a GUID", text);
        }
        return text;
    }

    /**
     * Returns whether a value that an open enumeration does not list differs from a listed one in a letter, which hints
     * at a typing error.
     */
    private static boolean isSlip(String text, List<String> words) {
        String given = text.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(word -> distance(given, word) <= 1);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String expected(Node schema) {
        List<String> types = Schemas.types(schema);
        if (isTime(schema)) {
            return A_TIME;
        } else if (types.contains("object") || schema.get(Schemas.DISCRIMINATOR).present()) {
            return "an object";
        } else if (types.contains("array")) {
            return "a list";
        } else if (types.contains("boolean")) {
            return "true or false";
        } else if (types.contains("integer")) {
            return "a whole number";
        } else if (types.contains("number")) {
            return "a number";
        }
        List<String> words = schema.get("enum").texts();
        return words.isEmpty() ? "a text" : "a text such as " + words.get(0);
    }

    private static IllegalArgumentException wrong(String place, String expected, @Nullable Object given) {
        return new IllegalArgumentException(place + " must be " + expected + ", was " + JsonData.shown(given));
    }
}
