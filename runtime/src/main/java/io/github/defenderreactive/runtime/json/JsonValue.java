package io.github.defenderreactive.runtime.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON value, kept as its minified text.
 *
 * <p>The text has no white space; numbers keep their digits as received, and strings have the form that
 * {@link JsonWriter} writes, so that two spellings of the same string are equal. Members keep their order, and
 * duplicate members are kept. Two values are equal if their texts are equal.
 *
 * <p>A Jackson mapper writes the value as the JSON that it represents.
 *
 * @since 0.1.0
 */
public final class JsonValue implements JsonEncodable {

    private static final JsonValue NULL = new JsonValue("null");
    private static final JsonValue TRUE = new JsonValue("true");
    private static final JsonValue FALSE = new JsonValue("false");

    private final String json;

    private JsonValue(String json) {
        this.json = json;
    }

    /**
     * Returns the value of a JSON text, which is validated and minified.
     *
     * @param json one JSON value
     * @return the value
     * @throws JsonException if the text is not exactly one JSON value
     */
    public static JsonValue of(String json) {
        JsonReader in = JsonReader.of(json);
        JsonValue value = in.readValue();
        in.end();
        return value;
    }

    /**
     * Reads the next value of a reader.
     *
     * @param in the reader
     * @return the value
     * @throws JsonException if the bytes are not JSON
     */
    public static JsonValue read(JsonReader in) {
        return in.readValue();
    }

    /**
     * Returns a JSON string.
     *
     * @param value the text
     * @return its JSON value
     */
    public static JsonValue string(String value) {
        return new JsonValue(new JsonWriter().string(value).toString());
    }

    /**
     * Returns a JSON number.
     *
     * @param value the number
     * @return its JSON value
     */
    public static JsonValue number(long value) {
        return new JsonValue(Long.toString(value));
    }

    /**
     * Returns a JSON boolean.
     *
     * @param value the value
     * @return its JSON value
     */
    public static JsonValue bool(boolean value) {
        return value ? TRUE : FALSE;
    }

    /**
     * Returns the JSON value {@code null}.
     *
     * @return its JSON value
     */
    public static JsonValue nullValue() {
        return NULL;
    }

    /**
     * Returns the JSON value that an object writes.
     *
     * @param value the object
     * @return that value
     */
    public static JsonValue from(JsonEncodable value) {
        return value instanceof JsonValue already ? already : new JsonValue(JsonWriter.toJson(value));
    }

    /**
     * Returns the JSON value of an object of JDK types. This is the inverse of {@link #toJava()}; it accepts the types
     * into which a Jackson mapper reads an untyped value. A Jackson mapper calls this method to read a
     * {@code JsonValue}.
     *
     * <p>A number with a fraction that a mapper has read into a {@code double} has lost the digits that a double cannot
     * hold, and a number below the smallest double has become zero. A mapper with {@code USE_BIG_DECIMAL_FOR_FLOATS}
     * keeps all digits.
     *
     * @param value null, a string, a boolean, a number of {@code java.lang} or {@code java.math}, an {@link Instant}, a
     *     {@link JsonEncodable}, an {@link OpenEnum}, an
     *     {@link io.github.defenderreactive.runtime.value.OpenNumber}, bytes (as Base64), or a map by name, an iterable
     *     or an array of such values, not nested deeper than {@link JsonLimits#DEFAULT} allows
     * @return its JSON value
     * @throws IllegalArgumentException if a value is of another type, infinite, NaN, or nested too deeply
     */
    @com.fasterxml.jackson.annotation.JsonCreator(mode = com.fasterxml.jackson.annotation.JsonCreator.Mode.DELEGATING)
    public static JsonValue ofJava(@Nullable Object value) {
        return value instanceof JsonValue already ? already : new JsonValue(PlainValues.json(value));
    }

    /** Returns the value of bytes that a reader has validated. */
    static JsonValue ofValidated(byte[] bytes, int from, int to) {
        return switch (bytes[from]) {
            case 'n' -> NULL;
            case 't' -> TRUE;
            case 'f' -> FALSE;
            default -> new JsonValue(JsonText.minified(bytes, from, to));
        };
    }

    /**
     * Returns the minified text.
     *
     * @return JSON
     */
    public String json() {
        return json;
    }

    /**
     * Returns the kind of this value.
     *
     * @return the kind
     */
    public JsonToken kind() {
        return JsonToken.of(json.charAt(0));
    }

    /**
     * Decodes the value. The nesting depth is not limited, because the value was read within limits before.
     *
     * @param decoder the decoder
     * @param <T> type of the result
     * @return the result
     * @throws JsonException if the value is not of the type that the decoder expects
     */
    public <T extends @Nullable Object> T decode(JsonDecoder<T> decoder) {
        return decoder.read(JsonReader.unlimited(json));
    }

    /**
     * Returns the value as JDK types: a {@link LinkedHashMap}, a {@link List}, a {@link String}, a {@link Long} for an
     * integer that fits, else a {@link BigDecimal}, a {@link Boolean}, or null. The last of duplicate members is used.
     * A number of more than 1,000 digits, or with an exponent of more than nine digits, is a {@link String} with its
     * text.
     *
     * @return a new, mutable value
     */
    @com.fasterxml.jackson.annotation.JsonValue
    public @Nullable Object toJava() {
        return toJava(JsonReader.unlimited(json));
    }

    private static @Nullable Object toJava(JsonReader in) {
        return switch (in.peek()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                in.beginObject();
                while (in.nextMember()) {
                    map.put(in.name(), toJava(in));
                }
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                in.beginArray();
                while (in.nextElement()) {
                    list.add(toJava(in));
                }
                yield list;
            }
            case STRING -> in.readString();
            case NUMBER -> in.readNumber();
            case BOOLEAN -> in.readBoolean();
            case NULL -> {
                in.nextNull();
                yield null;
            }
        };
    }

    @Override
    public void write(JsonWriter out) {
        out.json(json);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonValue value && value.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Returns the minified text. */
    @Override
    public String toString() {
        return json;
    }
}
