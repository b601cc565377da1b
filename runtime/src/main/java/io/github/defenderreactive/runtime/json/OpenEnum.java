package io.github.defenderreactive.runtime.json;

/**
 * A value out of a set that the service may extend: unknown texts are kept as they came.
 *
 * @since 0.1.0
 */
public interface OpenEnum {

    /**
     * The text on the wire.
     *
     * @return the text, exactly as received
     */
    String value();

    /**
     * Whether the API description lists it.
     *
     * @return false for a text that is not documented
     */
    boolean isKnown();
}
