package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.internal.GivenText;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Variables of the environment. A blank one counts as not set; a byte order mark and line ends around a value are ignored. */
final class Variables {

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns the first that is set, or null. */
    @Nullable
    String first(String... names) {
        return Stream.of(names)
                .map(name -> GivenText.of(environment.getOrDefault(name, "")))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }
}
