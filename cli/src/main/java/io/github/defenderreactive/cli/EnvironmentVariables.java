package io.github.defenderreactive.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that the command was started with.
 *
 * @param all every one of them by name
 */
record EnvironmentVariables(Map<String, String> all) {

    EnvironmentVariables {
        all = Map.copyOf(all);
    }

    /**
     * The value of a variable, or null when it is not set; a blank one counts as not set.
     *
     * @throws UsageException if the locale could not decode it
     */
    @Nullable
    String get(String name) {
        String value = all.getOrDefault(name, "");
        if (value.isBlank()) {
            return null;
        }
        UndecodedText.rejectVariable(name, value);
        return value;
    }

    boolean isSet(String name) {
        return get(name) != null;
    }

    /** The value of the first variable that is set, or null. */
    @Nullable
    String first(String... names) {
        for (String name : names) {
            String value = get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
