package io.github.defenderreactive.client.indicator;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a sync for one indicator.
 *
 * @param type kind of the value, such as {@code DomainName}; empty if the row has none
 * @param value the value, such as a domain name; empty if the row has none
 * @param change the change
 * @param failure the reason why the change was not made; null if it was, or would be in a dry run
 * @since 0.1.0
 */
public record IndicatorOutcome(
        String type,
        String value,
        IndicatorChange change,
        @Nullable String failure) {

    /**
     * Creates an outcome.
     *
     * @param type kind of the value
     * @param value the value
     * @param change the change
     * @param failure the reason why the change was not made, or null
     */
    public IndicatorOutcome {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(change, "change");
    }

    /**
     * Returns whether the change was not made.
     *
     * @return true if there is a reason
     */
    public boolean isFailed() {
        return failure != null;
    }
}
