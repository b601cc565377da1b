package io.github.defenderreactive.runtime.odata;

import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Instant;

/**
 * A property with a time, sent in UTC with {@code Z}, to the 100 nanoseconds that the service stores. An offset is
 * never sent, because its plus sign would need escaping.
 *
 * @since 0.1.0
 */
public final class TimeField extends Field<Instant> {

    /** The service stores units of 100 nanoseconds and need not accept more digits. */
    private static final int NANOS_OF_TICK = 100;

    /**
     * Creates a field.
     *
     * @param name the name of the property
     */
    public TimeField(String name) {
        super(name);
    }

    @Override
    String literal(Instant value) {
        return JsonWriter.text(value.minusNanos(value.getNano() % NANOS_OF_TICK));
    }

    /**
     * Returns a filter for values greater than a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter gt(Instant value) {
        return compare("gt", value);
    }

    /**
     * Returns a filter for values greater than or equal to a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter ge(Instant value) {
        return compare("ge", value);
    }

    /**
     * Returns a filter for values less than a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter lt(Instant value) {
        return compare("lt", value);
    }

    /**
     * Returns a filter for values less than or equal to a given one.
     *
     * @param value the value
     * @return the filter
     */
    public Filter le(Instant value) {
        return compare("le", value);
    }
}
