package io.github.defenderreactive.runtime.odata;

import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Instant;

/**
 * A property that holds a time; sent in UTC with {@code Z}, to the 100 nanoseconds the service keeps, never with an
 * offset whose plus sign would need escaping.
 *
 * @since 0.1.0
 */
public final class TimeField extends Field<Instant> {

    /** The service keeps 100 nanoseconds and need not accept more digits. */
    private static final int NANOS_OF_TICK = 100;

    /**
     * Creates a field.
     *
     * @param name the property's name
     */
    public TimeField(String name) {
        super(name);
    }

    @Override
    String literal(Instant value) {
        return JsonWriter.text(value.minusNanos(value.getNano() % NANOS_OF_TICK));
    }

    /**
     * Greater than.
     *
     * @param value the value
     * @return the filter
     */
    public Filter gt(Instant value) {
        return compare("gt", value);
    }

    /**
     * Greater than or equal.
     *
     * @param value the value
     * @return the filter
     */
    public Filter ge(Instant value) {
        return compare("ge", value);
    }

    /**
     * Less than.
     *
     * @param value the value
     * @return the filter
     */
    public Filter lt(Instant value) {
        return compare("lt", value);
    }

    /**
     * Less than or equal.
     *
     * @param value the value
     * @return the filter
     */
    public Filter le(Instant value) {
        return compare("le", value);
    }
}
