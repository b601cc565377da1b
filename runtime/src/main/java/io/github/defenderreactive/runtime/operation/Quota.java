package io.github.defenderreactive.runtime.operation;

import java.util.Objects;

/**
 * The limits on calls of an operation, which the service counts per application and tenant.
 *
 * @param group the group; the operations of a group share the limits
 * @param perMinute the calls in a minute; 0 if the service documents no limit for the minute
 * @param perHour the calls in an hour; 0 if the service documents no limit for the hour
 * @since 0.1.0
 */
public record Quota(String group, int perMinute, int perHour) {

    /**
     * Checks the components.
     *
     * @param group the group; the operations of a group share the limits
     * @param perMinute the calls in a minute; 0 if the service documents no limit for the minute
     * @param perHour the calls in an hour; 0 if the service documents no limit for the hour
     * @throws IllegalArgumentException if a limit is negative
     */
    public Quota {
        Objects.requireNonNull(group, "group");
        if (perMinute < 0) {
            throw new IllegalArgumentException("perMinute must be >= 0, was " + perMinute);
        }
        if (perHour < 0) {
            throw new IllegalArgumentException("perHour must be >= 0, was " + perHour);
        }
    }
}
