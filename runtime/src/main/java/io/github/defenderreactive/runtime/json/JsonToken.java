package io.github.defenderreactive.runtime.json;

/**
 * The kind of a JSON value.
 *
 * @since 0.1.0
 */
public enum JsonToken {
    /** An object. */
    OBJECT,
    /** An array. */
    ARRAY,
    /** A string. */
    STRING,
    /** A number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** {@code null}. */
    NULL;

    /** Returns the kind of a value that is known to begin with a valid byte. */
    static JsonToken of(int first) {
        return switch (first) {
            case '{' -> OBJECT;
            case '[' -> ARRAY;
            case '"' -> STRING;
            case 't', 'f' -> BOOLEAN;
            case 'n' -> NULL;
            default -> NUMBER;
        };
    }
}
