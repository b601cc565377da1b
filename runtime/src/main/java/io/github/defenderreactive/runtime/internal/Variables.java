package io.github.defenderreactive.runtime.internal;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an environment. A blank variable is treated as not set; a byte order mark and line ends around a
 * value are ignored.
 */
public final class Variables {

    private final Map<String, String> environment;

    /**
     * Creates the variables.
     *
     * @param environment values by name
     */
    public Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Returns the value of the first variable that is set.
     *
     * @param names the names of the variables, in order
     * @return the value, or null if none of them is set
     */
    public @Nullable String first(String... names) {
        return Stream.of(names)
                .map(name -> GivenText.of(environment.getOrDefault(name, "")))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }
}
