package io.github.defenderreactive.runtime.drift;

import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.regex.Pattern;

/**
 * The type of a JSON value, with the format of a text.
 *
 * @since 0.1.0
 */
public enum DriftType {
    /** A text in none of the recognized formats. */
    TEXT("text"),
    /** A text with date, time and offset as in RFC 3339. */
    DATE_TIME("date-time"),
    /** A text with a date as in RFC 3339. */
    DATE("date"),
    /** A text with a UUID. */
    UUID("uuid"),
    /** A number of up to 18 digits, without fraction and exponent. */
    WHOLE_NUMBER("whole number"),
    /** Any other number. */
    NUMBER("number"),
    /** A boolean. */
    BOOLEAN("boolean"),
    /** An object. */
    OBJECT("object"),
    /** A list. */
    LIST("list"),
    /** The value null. */
    NULL("null");

    private static final int LONGEST_FORMAT = 42;

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DATE_TIMES =
            Pattern.compile("\"\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})\"");
    private static final Pattern DATES = Pattern.compile("\"\\d{4}-\\d{2}-\\d{2}\"");
    private static final Pattern UUIDS = Pattern.compile("\"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\"");

    private final String label;

    DriftType(String label) {
        this.label = label;
    }

    /**
     * Returns the name of the type in reports.
     *
     * @return the name, for example {@code whole number}
     */
    public String label() {
        return label;
    }

    static DriftType of(JsonValue value) {
        String json = value.json();
        return switch (value.kind()) {
            case OBJECT -> OBJECT;
            case ARRAY -> LIST;
            case BOOLEAN -> BOOLEAN;
            case NULL -> NULL;
            case NUMBER -> json.length() < 20 && WHOLE.matcher(json).matches() ? WHOLE_NUMBER : NUMBER;
            case STRING -> json.length() > LONGEST_FORMAT ? TEXT : format(json);
        };
    }

    private static DriftType format(String quoted) {
        if (DATE_TIMES.matcher(quoted).matches()) {
            return DATE_TIME;
        }
        if (DATES.matcher(quoted).matches()) {
            return DATE;
        }
        return UUIDS.matcher(quoted).matches() ? UUID : TEXT;
    }
}
