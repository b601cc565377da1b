package io.github.defenderreactive.runtime.value;

/**
 * A number of a set that the service may extend. Unknown numbers are kept as received.
 *
 * @since 0.1.0
 */
public interface OpenNumber {

    /**
     * Returns the number on the wire.
     *
     * @return the number, exactly as received
     */
    long value();

    /**
     * Returns whether the API description contains this number.
     *
     * @return false if the number is not documented
     */
    boolean isKnown();
}
