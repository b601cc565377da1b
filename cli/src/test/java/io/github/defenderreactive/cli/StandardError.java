package io.github.defenderreactive.cli;

import java.util.Set;
import java.util.stream.Collectors;

/** What the command says on standard error, where others write as well. */
final class StandardError {

    /**
     * The connection pool's own words when a connection is given back and taken by two threads at once. Its count is right
     * again a moment later; there is no switch for it.
     */
    private static final Set<String> OF_THE_POOL =
            Set.of("unexpected decrement below 0", "unexpected increment from below 0");

    private StandardError() {}

    /** The text without lines that are not the command's: of the pool, and what newer JDKs have to say of Netty's ways. */
    static String ofTheCommand(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: ") && !OF_THE_POOL.contains(line))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
