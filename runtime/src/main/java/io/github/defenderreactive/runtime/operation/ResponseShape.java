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
    /** No body, or a body without meaning. */
    EMPTY
}
