package io.github.defenderreactive.runtime.operation;

/**
 * Which connections and permits a request uses, so that a small call never waits behind a long stream.
 *
 * @since 0.1.0
 */
public enum Lane {
    /** One small question, one small answer. */
    INTERACTIVE,
    /** A page of a collection; may be read slowly. */
    BULK
}
