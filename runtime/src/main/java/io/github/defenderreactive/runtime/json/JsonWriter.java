package io.github.defenderreactive.runtime.json;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writer of one JSON value as minified UTF-8. It writes commas and colons itself.
 *
 * <p>Strings keep every character: only characters that require it are escaped, and a lone surrogate, which UTF-8
 * cannot represent, becomes its {@code \}{@code uXXXX} escape, so that reading returns the same string.
 *
 * <p>A call that is invalid at the current position (a value instead of a name, a second value after the first, an
 * unbalanced end) throws {@link IllegalStateException}.
 *
 * <p>Not thread-safe. {@link #reset()} prepares a writer for the next value and keeps its memory.
 *
 * @since 0.1.0
 */
public final class JsonWriter {

    private static final int FIRST_CAPACITY = 512;

    /** The kind of the current level, which determines the valid calls. */
    private static final byte DOCUMENT = 0;

    private static final byte NOTHING = 1;
    private static final byte FIRST_NAME = 2;
    private static final byte NAME = 3;
    private static final byte MEMBER = 4;
    private static final byte FIRST_ELEMENT = 5;
    private static final byte ELEMENT = 6;

    private final Utf8Buffer out = new Utf8Buffer(FIRST_CAPACITY);
    private byte[] expected = new byte[16];
    private int depth;

    /** Creates an empty writer. */
    public JsonWriter() {}

    /**
     * Writes the start of an object.
     *
     * @return this writer
     */
    public JsonWriter beginObject() {
        beforeValue();
        out.put('{');
        push(FIRST_NAME);
        return this;
    }

    /**
     * Ends the innermost object.
     *
     * @return this writer
     */
    public JsonWriter endObject() {
        if (expected[depth] != FIRST_NAME && expected[depth] != NAME) {
            throw misplaced("The end of an object");
        }
        depth--;
        out.put('}');
        return this;
    }

    /**
     * Writes the start of an array.
     *
     * @return this writer
     */
    public JsonWriter beginArray() {
        beforeValue();
        out.put('[');
        push(FIRST_ELEMENT);
        return this;
    }

    /**
     * Ends the innermost array.
     *
     * @return this writer
     */
    public JsonWriter endArray() {
        if (expected[depth] != FIRST_ELEMENT && expected[depth] != ELEMENT) {
            throw misplaced("The end of an array");
        }
        depth--;
        out.put(']');
        return this;
    }

    /**
     * Writes the name of the next member; its value must follow.
     *
     * @param name the name
     * @return this writer
     */
    public JsonWriter name(String name) {
        if (expected[depth] == NAME) {
            out.put(',');
        } else if (expected[depth] != FIRST_NAME) {
            throw misplaced("A name");
        }
        expected[depth] = MEMBER;
        out.quoted(name);
        out.put(':');
        return this;
    }

    /**
     * Writes a string.
     *
     * @param value the string
     * @return this writer
     */
    public JsonWriter string(String value) {
        beforeValue();
        out.quoted(value);
        return this;
    }

    /**
     * Writes an integer.
     *
     * @param value the number
     * @return this writer
     */
    public JsonWriter number(long value) {
        beforeValue();
        out.ascii(Long.toString(value));
        return this;
    }

    /**
     * Writes a number with the fewest digits that read back as the same double. A whole number has no fraction.
     *
     * @param value the number
     * @return this writer
     * @throws IllegalArgumentException if it is infinite or NaN, which JSON cannot represent
     */
    public JsonWriter number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value must be finite, was " + value);
        }
        beforeValue();
        out.ascii(DoubleText.format(value));
        return this;
    }

    /**
     * Writes a decimal number with all its digits.
     *
     * @param value the number
     * @return this writer
     */
    public JsonWriter number(BigDecimal value) {
        beforeValue();
        out.ascii(value.toString());
        return this;
    }

    /**
     * Writes a boolean.
     *
     * @param value the value
     * @return this writer
     */
    public JsonWriter bool(boolean value) {
        beforeValue();
        out.ascii(value ? "true" : "false");
        return this;
    }

    /**
     * Writes a time as a string, see {@link #text(Instant)}.
     *
     * @param value the time
     * @return this writer
     */
    public JsonWriter instant(Instant value) {
        beforeValue();
        out.put('"');
        if (InstantText.isWritable(value)) {
            byte[] room = out.room(InstantText.LONGEST);
            out.advanceTo(InstantText.write(value, room, out.length()));
        } else {
            out.ascii(InstantText.format(value));
        }
        out.put('"');
        return this;
    }

    /**
     * Writes {@code null}.
     *
     * @return this writer
     */
    public JsonWriter nullValue() {
        beforeValue();
        out.ascii("null");
        return this;
    }

    /**
     * Writes a value that can write itself.
     *
     * @param value the value; it must write exactly one JSON value
     * @return this writer
     */
    public JsonWriter value(JsonEncodable value) {
        value.write(this);
        return this;
    }

    /**
     * Writes an array.
     *
     * @param values the elements
     * @param element the writer of one element, such as {@code JsonWriter::string} or {@code JsonWriter::value}
     * @param <T> type of the elements
     * @return this writer
     */
    public <T> JsonWriter list(List<T> values, BiConsumer<JsonWriter, ? super T> element) {
        beginArray();
        for (T value : values) {
            element.accept(this, value);
        }
        return endArray();
    }

    /**
     * Writes an object with the entries of a map.
     *
     * @param values the values by name
     * @param value the writer of one value, such as {@code JsonWriter::string} or {@code JsonWriter::value}
     * @param <T> type of the values
     * @return this writer
     */
    public <T> JsonWriter map(Map<String, T> values, BiConsumer<JsonWriter, ? super T> value) {
        beginObject();
        values.forEach((name, one) -> value.accept(name(name), one));
        return endObject();
    }

    /** Appends text that is one minified JSON value. */
    JsonWriter json(String json) {
        beforeValue();
        out.text(json);
        return this;
    }

    /**
     * Returns the bytes written so far.
     *
     * @return a copy
     * @throws IllegalStateException if the value is not complete
     */
    public byte[] toByteArray() {
        requireComplete();
        return out.toByteArray();
    }

    /**
     * Copies the bytes written so far to a stream.
     *
     * @param target the stream to write to
     * @throws IOException if the target fails
     * @throws IllegalStateException if the value is not complete
     */
    public void writeTo(OutputStream target) throws IOException {
        requireComplete();
        out.writeTo(target);
    }

    /**
     * Discards the written value, even if it is incomplete, and keeps the memory.
     *
     * @return this writer
     */
    public JsonWriter reset() {
        out.clear();
        depth = 0;
        expected[0] = DOCUMENT;
        return this;
    }

    /** Returns the JSON text written so far. */
    @Override
    public String toString() {
        return out.toString();
    }

    /**
     * Returns one value as JSON bytes.
     *
     * @param value the value
     * @return its JSON as UTF-8
     */
    public static byte[] toBytes(JsonEncodable value) {
        return new JsonWriter().value(value).toByteArray();
    }

    /**
     * Returns one value as JSON text.
     *
     * @param value the value
     * @return its JSON
     */
    public static String toJson(JsonEncodable value) {
        JsonWriter out = new JsonWriter().value(value);
        out.requireComplete();
        return out.toString();
    }

    /**
     * Returns the text of a time in the form of the service: UTC with {@code Z}, a fraction without trailing zeros and
     * of at most nine digits, and no fraction for whole seconds.
     *
     * @param value the time; for a year outside 0 to 9999, the result has the form of {@link Instant#toString()}
     * @return the text, such as {@code 2024-02-13T08:01:08.1494633Z}
     */
    public static String text(Instant value) {
        return InstantText.format(value);
    }

    private void beforeValue() {
        switch (expected[depth]) {
            case MEMBER -> expected[depth] = NAME;
            case ELEMENT -> out.put(',');
            case FIRST_ELEMENT -> expected[depth] = ELEMENT;
            case DOCUMENT -> expected[depth] = NOTHING;
            default -> throw misplaced("A value");
        }
    }

    private void push(byte next) {
        depth++;
        if (depth == expected.length) {
            expected = Arrays.copyOf(expected, depth * 2);
        }
        expected[depth] = next;
    }

    private void requireComplete() {
        if (depth != 0 || expected[0] != NOTHING) {
            throw new IllegalStateException("The JSON value is incomplete");
        }
    }

    private static IllegalStateException misplaced(String what) {
        return new IllegalStateException(what + " is not valid at this position");
    }
}
