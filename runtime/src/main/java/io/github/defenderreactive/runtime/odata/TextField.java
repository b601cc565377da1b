package io.github.defenderreactive.runtime.odata;

/**
 * A property with a text, sent in single quotes with inner quotes doubled.
 *
 * @since 0.1.0
 */
public final class TextField extends Field<String> {

    /**
     * Creates a field.
     *
     * @param name the name of the property
     */
    public TextField(String name) {
        super(name);
    }

    @Override
    String literal(String value) {
        return quoted(value);
    }

    /**
     * Returns a filter for values that start with a text.
     *
     * @param prefix the text
     * @return the filter
     */
    public Filter startsWith(String prefix) {
        return Filter.comparison("startswith(" + name() + "," + quoted(prefix) + ")");
    }
}
