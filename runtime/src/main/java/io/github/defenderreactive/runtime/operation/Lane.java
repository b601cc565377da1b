package io.github.defenderreactive.runtime.operation;

/**
 * The connections and permits that a request uses, so that a small call never waits for a long stream.
 *
 * @since 0.1.0
 */
public enum Lane {
    /** A small request with a small response. */
    INTERACTIVE,
    /** A page of a collection, which may be read slowly. */
    BULK
}
