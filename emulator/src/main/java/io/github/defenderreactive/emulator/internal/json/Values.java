package io.github.defenderreactive.emulator.internal.json;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain Java values as JSON. */
public final class Values {

    private Values() {}

    public static void write(JsonWriter out, @Nullable Object value) {
        if (value == null) {
            out.nullValue();
        } else if (value instanceof String text) {
            out.string(text);
        } else if (value instanceof Instant time) {
            out.instant(time);
        } else if (value instanceof Integer || value instanceof Long) {
            out.number(((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.number(number.doubleValue());
        } else if (value instanceof BigDecimal number) {
            out.number(number);
        } else if (value instanceof Boolean bool) {
            out.bool(bool);
        } else if (value instanceof JsonEncodable encodable) {
            encodable.write(out);
        } else if (value instanceof List<?> list) {
            out.beginArray();
            for (Object element : list) {
                write(out, element);
            }
            out.endArray();
        } else if (value instanceof Map<?, ?> map) {
            out.beginObject();
            writeMembers(out, map);
            out.endObject();
        } else {
            throw new IllegalArgumentException(
                    "value must be a JSON value, was " + value.getClass().getName());
        }
    }

    /** Writes the members of an object without the braces around them. */
    public static void writeMembers(JsonWriter out, Map<?, ?> members) {
        members.forEach((name, member) -> {
            out.name((String) name);
            write(out, member);
        });
    }

    /** Returns a value in plain, unmodifiable form: maps, lists, texts, numbers, booleans, times and null. */
    public static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return plain(object.members());
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(name, plain(member)));
            return Collections.unmodifiableMap(copy);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(plain(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    /** Returns members in plain, unmodifiable form. */
    public static Map<String, @Nullable Object> plainMembers(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        members.forEach((name, member) -> copy.put(name, plain(member)));
        return Collections.unmodifiableMap(copy);
    }

    /** Returns the member of an object, generated or given; null for none. */
    public static @Nullable Object member(@Nullable Object object, String name) {
        if (object instanceof JsonObject found) {
            return found.members().get(name);
        }
        return object instanceof Map<?, ?> map ? map.get(name) : null;
    }

    public static byte[] bytes(@Nullable Object value) {
        JsonWriter out = new JsonWriter();
        write(out, value);
        return out.toByteArray();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
