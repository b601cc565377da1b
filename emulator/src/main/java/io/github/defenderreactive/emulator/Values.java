package io.github.defenderreactive.emulator;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain Java values as JSON. */
final class Values {

    private Values() {}

    static void write(JsonWriter out, @Nullable Object value) {
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
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.name((String) member.getKey());
                write(out, member.getValue());
            }
            out.endObject();
        } else {
            throw new IllegalArgumentException(
                    "Not a JSON value: " + value.getClass().getName());
        }
    }

    static byte[] bytes(@Nullable Object value) {
        JsonWriter out = new JsonWriter();
        write(out, value);
        return out.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
