package io.github.defenderreactive.runtime.odata;

/**
 * A property that holds text; sent in single quotes, quotes inside doubled.
 *
 * @since 0.1.0
 */
public final class TextField extends Field<String> {

    /**
     * Creates a field.
     *
     * @param name the property's name
     */
    public TextField(String name) {
        super(name);
    }

    @Override
    String literal(String value) {
        return quoted(value);
    }

    /**
     * Begins with a text.
     *
     * @param prefix the text
     * @return the filter
     */
    public Filter startsWith(String prefix) {
        return Filter.comparison("startswith(" + name() + "," + quoted(prefix) + ")");
    }
}
