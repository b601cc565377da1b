package io.github.defenderreactive.cli;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Messages of the command on standard error, which others write to as well. */
final class StandardError {

    /**
     * Messages of the connection pool if two threads release and acquire a connection at the same time. The count of
     * the pool is correct again afterwards, and the messages cannot be disabled.
     */
    private static final Set<String> OF_THE_POOL =
            Set.of("unexpected decrement below 0", "unexpected increment from below 0");

    /** Reports of long waits, which depend on the load of the machine. */
    private static final Pattern WAIT = Pattern.compile("defender: (still |\\w+: )waiting .*");

    private StandardError() {}

    /** Removes the lines of the pool, reports of waits and the warnings of newer JDKs about Netty. */
    static String ofTheCommand(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: ") && !OF_THE_POOL.contains(line))
                .filter(line -> !WAIT.matcher(line).matches())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
