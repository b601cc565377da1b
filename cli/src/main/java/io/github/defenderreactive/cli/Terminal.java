package io.github.defenderreactive.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What may be written to a terminal. Much of what the command prints was written by attackers. */
final class Terminal {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private Terminal() {}

    /** Whether standard output is one, or may be one on a system that does not say. */
    static boolean isStandardOutput() {
        try {
            String opened = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
            return opened.startsWith("/dev/pts/") || opened.startsWith("/dev/tty") || opened.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return true; // the escapes leave the value the same
        }
    }

    /** The text with escapes in the form of JSON in place of characters that steer a terminal or reorder a line. */
    static String escaped(String text) {
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
