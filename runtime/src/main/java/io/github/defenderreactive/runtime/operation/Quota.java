package io.github.defenderreactive.runtime.operation;

import java.util.Objects;

/**
 * How often an operation may be called, counted by the service per application and tenant.
 *
 * @param group operations of one group share the budget
 * @param perMinute calls in a minute; 0 when the service documents no limit for the minute
 * @param perHour calls in an hour; 0 when the service documents no limit for the hour
 * @since 0.1.0
 */
public record Quota(String group, int perMinute, int perHour) {

    /**
     * Checks the components.
     *
     * @param group operations of one group share the budget
     * @param perMinute calls in a minute; 0 when the service documents no limit for the minute
     * @param perHour calls in an hour; 0 when the service documents no limit for the hour
     * @throws IllegalArgumentException if a limit is negative
     */
    public Quota {
        Objects.requireNonNull(group, "group");
        if (perMinute < 0 || perHour < 0) {
            throw new IllegalArgumentException(
                    "Quota of " + group + " is negative: " + perMinute + "/min, " + perHour + "/h");
        }
    }
}
