package io.github.defenderreactive.runtime.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /**
     * Finds a value by its text in any letter case; one that is spelled exactly so wins. Does not depend on the locale.
     *
     * @param known the values to look at
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
