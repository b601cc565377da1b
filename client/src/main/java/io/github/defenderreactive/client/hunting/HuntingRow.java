package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonToken;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result. The names of columns are case-sensitive, as in the query language.
 *
 * <p>The accessors convert between the forms in which the service writes a value: a number or a time in a string, 1 and
 * 0 for a boolean, JSON inside a string. A missing value is null; for all types but text, an empty string is a missing
 * value too. The annotations of Microsoft Graph, such as {@code Timestamp@odata.type}, are not part of a row.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class HuntingRow implements JsonEncodable {

    private static final String ANNOTATION = "@odata.";

    private final ResultColumns columns;
    private final Map<String, JsonValue> values;

    private HuntingRow(ResultColumns columns, Map<String, JsonValue> values) {
        this.columns = columns;
        this.values = values;
    }

    /** Reads a row; without columns its own members take their place. */
    static HuntingRow read(@Nullable ResultColumns columns, JsonReader in) {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        in.beginObject();
        while (in.nextMember()) {
            String name = in.name();
            if (name.contains(ANNOTATION)) {
                in.skipValue();
            } else {
                values.put(name, in.readValue());
            }
        }
        return new HuntingRow(columns == null ? ResultColumns.named(values.keySet()) : columns, values);
    }

    /**
     * Returns the columns of the result, in its order.
     *
     * @return an unmodifiable list
     */
    public List<HuntingColumn> columns() {
        return columns.all();
    }

    /**
     * Returns a value as received.
     *
     * @param column name of the column
     * @return the value, or null if it is null or missing
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable JsonValue value(String column) {
        JsonValue value = values.get(column);
        if (value == null) {
            columns.column(column);
            return null;
        }
        return value.kind() == JsonToken.NULL ? null : value;
    }

    /**
     * Returns a value as text; a value that is not a text is returned as JSON.
     *
     * @param column name of the column
     * @return the text, or null if the value is missing
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable String text(String column) {
        JsonValue value = value(column);
        if (value == null) {
            return null;
        }
        return value.kind() == JsonToken.STRING ? value.decode(JsonReader::readString) : value.json();
    }

    /**
     * Returns a time.
     *
     * @param column name of the column
     * @return the time, or null if the value is missing
     * @throws IllegalArgumentException if there is no such column
     * @throws HuntingMappingException if the value is not a time
     */
    public @Nullable Instant time(String column) {
        return convert(column, "a time", JsonReader::instantOrNull);
    }

    /**
     * Returns an integer.
     *
     * @param column name of the column
     * @return the integer, or null if the value is missing
     * @throws IllegalArgumentException if there is no such column
     * @throws HuntingMappingException if the value is not an integer of 64 bits
     */
    public @Nullable Long number(String column) {
        return convert(column, "an integer of 64 bits", JsonReader::longOrNull);
    }

    /**
     * Returns a number with all its digits.
     *
     * @param column name of the column
     * @return the number, or null if the value is missing
     * @throws IllegalArgumentException if there is no such column
     * @throws HuntingMappingException if the value is not a number
     */
    public @Nullable BigDecimal decimal(String column) {
        return convert(column, "a number", JsonReader::decimalOrNull);
    }

    /**
     * Returns a boolean. The service writes 1 and 0.
     *
     * @param column name of the column
     * @return the boolean, or null if the value is missing
     * @throws IllegalArgumentException if there is no such column
     * @throws HuntingMappingException if the value is not a boolean, 1 or 0
     */
    public @Nullable Boolean bool(String column) {
        return convert(column, "a boolean", JsonReader::booleanOrNull);
    }

    /**
     * Returns a length of time, which the service writes as {@code 1.02:03:04.5}.
     *
     * @param column name of the column
     * @return the length, or null if the value is missing
     * @throws IllegalArgumentException if there is no such column
     * @throws HuntingMappingException if the value is not a length of time
     */
    public @Nullable Duration span(String column) {
        return convert(column, "a time span", in -> in.textOrNull(TimeSpanText::parse));
    }

    /**
     * Returns a value as JSON. An object or a list inside a string, which is how the service writes dynamic columns, is
     * returned as the object or list.
     *
     * @param column name of the column
     * @return the value, or null if it is missing
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable JsonValue json(String column) {
        JsonValue value = present(column);
        if (value == null || value.kind() != JsonToken.STRING) {
            return value;
        }
        String text = value.decode(JsonReader::readString).strip();
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return JsonValue.of(text);
            } catch (JsonException notJson) {
                return value;
            }
        }
        return value;
    }

    /**
     * Returns the row as a record, by the names of its components in any letter case, see
     * {@link Hunting#query(HuntingQuery, Class)}.
     *
     * @param type the class of the record
     * @param <R> the record
     * @return the record
     * @throws IllegalArgumentException if the class is not a record, or has a component of an unsupported type
     * @throws HuntingMappingException if the columns or the values do not fit the record
     */
    public <R extends Record> R as(Class<R> type) {
        return columns.mapping(type).map(this);
    }

    private @Nullable JsonValue present(String column) {
        JsonValue value = value(column);
        return value == null || value.json().equals("\"\"") ? null : value;
    }

    private <T> @Nullable T convert(String column, String wanted, Reading<T> reading) {
        JsonValue value = present(column);
        if (value == null) {
            return null;
        }
        Optional<T> converted = value.decode(in -> Optional.ofNullable(reading.read(in)));
        return converted.orElseThrow(() -> new HuntingMappingException(
                "Column " + column + " contains " + shown(value) + ", not " + wanted, null));
    }

    /** Reads a value leniently; null if it has another type. */
    @FunctionalInterface
    private interface Reading<T> {
        @Nullable
        T read(JsonReader in);
    }

    private static String shown(JsonValue value) {
        String json = value.json();
        return json.length() <= 40 ? json : json.substring(0, 40) + "…";
    }

    /** Writes the row as an object, with its members as received, without annotations. */
    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        values.forEach((name, value) -> out.name(name).value(value));
        out.endObject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HuntingRow that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns the row as JSON. */
    @Override
    public String toString() {
        return JsonWriter.toJson(this);
    }
}
