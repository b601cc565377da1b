package io.github.defenderreactive.runtime.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A value of a set that the service may extend. Unknown values are kept as received.
 *
 * @since 0.1.0
 */
public interface OpenEnum {

    /**
     * Returns the text on the wire.
     *
     * @return the text, exactly as received
     */
    String value();

    /**
     * Returns whether the API description contains this value.
     *
     * @return false if the value is not documented
     */
    boolean isKnown();

    /**
     * Returns the value with the given text, ignoring case. An exact match is preferred. The result does not depend on
     * the locale.
     *
     * @param known the known values
     * @param text the text
     * @param <E> the type of the values
     * @return the value, or empty if none has that text
     */
    static <E extends OpenEnum> Optional<E> find(List<E> known, String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        E found = null;
        for (E value : known) {
            if (value.value().equals(text)) {
                return Optional.of(value);
            }
            if (found == null && value.value().toLowerCase(Locale.ROOT).equals(lowerCase)) {
                found = value;
            }
        }
        return Optional.ofNullable(found);
    }
}
