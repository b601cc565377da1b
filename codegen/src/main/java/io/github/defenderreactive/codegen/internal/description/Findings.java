package io.github.defenderreactive.codegen.internal.description;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The problems of a description. A part that is wrong does not stop the check of the others, so that one run reports
 * everything.
 */
public final class Findings {

    private final List<DescriptionException> found = new ArrayList<>();
    private final Set<Pointer> settled = new HashSet<>();

    /** Runs the first check of all. What others find at the places that it refuses follows from its findings. */
    public void checkFirst(Runnable check) {
        check(check);
        found.forEach(finding -> settled.addAll(finding.places()));
    }

    /** Runs a check, and adds what it refuses. */
    public void check(Runnable check) {
        get(() -> {
            check.run();
            return true;
        });
    }

    /** Returns the result of a step, or nothing if it refused the description. */
    public <T> Optional<T> get(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (DescriptionException e) {
            e.without(settled).ifPresent(found::add);
            return Optional.empty();
        }
    }

    void add(DescriptionException finding) {
        found.add(finding);
    }

    /**
     * Ends the run if something is wrong.
     *
     * @throws DescriptionException with all findings
     */
    public void refuse() {
        if (!found.isEmpty()) {
            throw DescriptionException.all(found);
        }
    }
}
