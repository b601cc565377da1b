package io.github.defenderreactive.runtime.operation;

/**
 * The content of a successful response.
 *
 * @since 0.1.0
 */
public enum ResponseShape {
    /** One JSON value: an entity or a bare number. */
    SINGLE,
    /** An OData envelope with the items in {@code value}. */
    COLLECTION,
    /** Values that are not paged: a JSON array, or one JSON value per line. */
    ITEMS,
    /** A text. */
    TEXT,
    /** Bytes of any format. */
    BYTES,
    /** No body, or a body without meaning. */
    EMPTY;

    /** Returns whether the content is JSON. */
    boolean isJson() {
        return this == SINGLE || this == COLLECTION || this == ITEMS;
    }
}
