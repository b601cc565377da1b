package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.util.Set;
import java.util.TreeSet;

/** The failures of several devices or actions, and the exit code for them. */
final class Failures {

    private final Set<Integer> codes = new TreeSet<>();

    void add(Throwable failure) {
        codes.add(ExitCode.of(failure));
    }

    /** Returns the code that all failures have in common, or the one for other failures. */
    int exitCode() {
        return switch (codes.size()) {
            case 0 -> ExitCode.OK;
            case 1 -> codes.iterator().next();
            default -> ExitCode.OTHER;
        };
    }
}
