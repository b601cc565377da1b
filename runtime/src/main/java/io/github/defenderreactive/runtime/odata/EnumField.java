package io.github.defenderreactive.runtime.odata;

import io.github.defenderreactive.runtime.json.OpenEnum;

/**
 * A property that holds one of a set of values; sent as quoted text in its wire spelling.
 *
 * @param <E> the type of the values
 * @since 0.1.0
 */
public final class EnumField<E extends OpenEnum> extends Field<E> {

    /**
     * Creates a field.
     *
     * @param name the property's name
     */
    public EnumField(String name) {
        super(name);
    }

    @Override
    String literal(E value) {
        return quoted(value.value());
    }
}
