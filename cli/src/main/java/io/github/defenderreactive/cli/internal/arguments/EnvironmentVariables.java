package io.github.defenderreactive.cli.internal.arguments;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that the command was started with.
 *
 * @param all the variables by name
 */
public record EnvironmentVariables(Map<String, String> all) {

    /**
     * Copies the variables.
     *
     * @param all the variables by name
     */
    public EnvironmentVariables {
        all = Map.copyOf(all);
    }

    /**
     * Returns the value of a variable. A blank variable counts as not set.
     *
     * @param name the name of the variable
     * @return the value, or null if the variable is not set
     * @throws UsageException if the locale could not decode the value
     */
    public @Nullable String get(String name) {
        String value = all.getOrDefault(name, "");
        if (value.isBlank()) {
            return null;
        }
        UndecodedText.rejectVariable(name, value);
        return value;
    }

    /**
     * Returns whether a variable is set and not blank.
     *
     * @param name the name of the variable
     * @return whether it has a value
     * @throws UsageException if the locale could not decode the value
     */
    public boolean isSet(String name) {
        return get(name) != null;
    }

    /**
     * Returns the value of the first variable that is set.
     *
     * @param names the names, in order of precedence
     * @return the value, or null if none of them is set
     * @throws UsageException if the locale could not decode the value
     */
    public @Nullable String first(String... names) {
        for (String name : names) {
            String value = get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
