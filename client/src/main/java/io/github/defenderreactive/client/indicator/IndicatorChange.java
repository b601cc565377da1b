package io.github.defenderreactive.client.indicator;

/**
 * A change that brings an indicator into the wanted state.
 *
 * @since 0.1.0
 */
public enum IndicatorChange {
    /** The indicator does not exist. */
    CREATE,
    /** The indicator exists with other values. */
    UPDATE,
    /** The indicator belongs to this owner and is no longer wanted. */
    DELETE,
    /** No change is made, because the row cannot be sent. */
    NONE
}
