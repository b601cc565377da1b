package io.github.defenderreactive.cli.internal.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Protection of the terminal. Much of the text that the command prints was written by attackers. */
public final class Terminal {

    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /**
     * Returns whether standard output is a terminal.
     *
     * @return whether it is a terminal, or true if the system does not report it
     */
    public static boolean isStandardOutput() {
        try {
            return isTerminal(STANDARD_OUTPUT);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return true; // Escapes do not change the value.
        }
    }

    /**
     * Returns whether standard input is a terminal.
     *
     * @return whether a user can enter text, or true if the system does not report it
     */
    public static boolean isStandardInput() {
        try {
            return isTerminal(STANDARD_INPUT);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return true; // Input that ends without a consent counts as a refusal.
        }
    }

    /**
     * Returns whether standard error is a terminal, so that a line on it can be overwritten.
     *
     * @return whether it is a terminal, or false if the system does not report it
     */
    public static boolean isStandardError() {
        try {
            return isTerminal(STANDARD_ERROR);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    private static boolean isTerminal(Path descriptor) throws IOException {
        String opened = Files.readSymbolicLink(descriptor).toString();
        return opened.startsWith("/dev/pts/") || opened.startsWith("/dev/tty") || opened.equals("/dev/console");
    }

    /**
     * Replaces characters that control a terminal or reorder a line by escapes in the form of JSON.
     *
     * @param text any text
     * @return the text, safe for a terminal
     */
    public static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!isControl(c)) {
                out.appendCodePoint(c);
                return;
            }
            for (char unit : Character.toChars(c)) {
                out.append(String.format("\\u%04x", (int) unit));
            }
        });
        return out.toString();
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
