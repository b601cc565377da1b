package io.github.defenderreactive.runtime.operation;

/**
 * Whether an attempt whose answer was lost may be sent again.
 *
 * @since 0.1.0
 */
public enum ReplaySafety {
    /** Sending it twice has the effect of sending it once. */
    SAFE,
    /** A second one could act twice; a lost answer ends in an error that says so. */
    UNSAFE
}
