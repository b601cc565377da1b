package io.github.defenderreactive.runtime.operation;

/**
 * Whether an attempt whose response was lost may be retried.
 *
 * @since 0.1.0
 */
public enum ReplaySafety {
    /** Sending the request twice has the same effect as sending it once. */
    SAFE,
    /** A second request could have a second effect, so a lost response ends in an error that says so. */
    UNSAFE
}
