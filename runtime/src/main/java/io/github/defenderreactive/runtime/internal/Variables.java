package io.github.defenderreactive.runtime.internal;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Variables of the environment. A blank one counts as not set; a byte order mark and line ends around a value are ignored.
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
     * Returns the first that is set.
     *
     * @param names the names, in order
     * @return the value, or null if none is set
     */
    public @Nullable String first(String... names) {
        return Stream.of(names)
                .map(name -> GivenText.of(environment.getOrDefault(name, "")))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }
}
