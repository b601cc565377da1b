package io.github.defenderreactive.runtime.internal;

import java.time.Duration;
import java.util.Objects;

/** Checks of arguments. */
public final class Arguments {

    private Arguments() {}

    /**
     * Checks a number.
     *
     * @param name the name of the argument
     * @param value its value
     * @param least the smallest valid value
     * @return the value
     * @throws IllegalArgumentException if the value is smaller
     */
    public static int atLeast(String name, int value, int least) {
        return (int) atLeast(name, (long) value, least);
    }

    /**
     * Checks a number.
     *
     * @param name the name of the argument
     * @param value its value
     * @param least the smallest valid value
     * @return the value
     * @throws IllegalArgumentException if the value is smaller
     */
    public static long atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be >= " + least + ", was " + value);
        }
        return value;
    }

    /**
     * Checks a duration.
     *
     * @param name the name of the argument
     * @param value its value
     * @return the value
     * @throws IllegalArgumentException if the value is negative
     */
    public static Duration notNegative(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
        return value;
    }
}
