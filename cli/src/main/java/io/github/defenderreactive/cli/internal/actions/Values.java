package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.json.OpenEnum;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of options that the API description lists. */
final class Values {

    private Values() {}

    /**
     * Returns the value of an option.
     *
     * @throws UsageException if it is not one of the known ones
     */
    static <E extends OpenEnum> E known(Optional<E> found, String option, String given, List<E> known) {
        return found.orElseThrow(() -> new UsageException(option + " must be one of "
                + known.stream().map(OpenEnum::value).collect(Collectors.joining(", ")) + ", was " + given));
    }
}
