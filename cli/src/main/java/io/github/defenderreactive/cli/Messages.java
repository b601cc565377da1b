package io.github.defenderreactive.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is said to a person, on standard error: standard output belongs to the results. */
final class Messages {

    private Messages() {}

    /** Prints one line; what others wrote into it cannot steer a terminal. */
    static void print(String text) {
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        err.println(Terminal.escaped(text));
    }
}
