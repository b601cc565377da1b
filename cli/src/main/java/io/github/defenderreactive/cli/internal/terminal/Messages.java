package io.github.defenderreactive.cli.internal.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Messages to the user, on standard error. Standard output is reserved for results. */
public final class Messages {

    private Messages() {}

    /**
     * Prints one line, with characters that control a terminal escaped.
     *
     * @param text the message
     */
    public static void print(String text) {
        PrintStream err = new PrintStream(StatusLine.above(System.err), true, StandardCharsets.UTF_8);
        err.println(Terminal.escaped(text));
    }
}
