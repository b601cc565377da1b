package io.github.defenderreactive.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One run of the command in this JVM, with what it printed. */
public record CommandLineRun(int exitCode, String out, String err) {

    public static CommandLineRun of(String... arguments) {
        return of(System.getenv(), arguments);
    }

    public static CommandLineRun of(Map<String, String> environment, String... arguments) {
        return of(environment, messages -> {}, arguments);
    }

    /**
     * Standard output belongs to the whole JVM, so one run at a time.
     *
     * @param user receives all messages so far, at each new line
     */
    public static synchronized CommandLineRun of(
            Map<String, String> environment, Consumer<String> user, String... arguments) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Errors err = new Errors(user);
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Defender.run(environment, arguments);
            return new CommandLineRun(
                    exitCode,
                    out.toString(StandardCharsets.UTF_8),
                    StandardError.ofTheCommand(err.toString(StandardCharsets.UTF_8)));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    /** Notifies about each line once, even if it is flushed several times. */
    private static final class Errors extends ByteArrayOutputStream {

        private final Consumer<String> user;
        private int told;

        Errors(Consumer<String> user) {
            this.user = user;
        }

        @Override
        public void flush() {
            String text = toString(StandardCharsets.UTF_8);
            if (text.length() > told && text.endsWith("\n")) {
                told = text.length();
                user.accept(text);
            }
        }
    }

    public List<String> lines() {
        return out.lines().toList();
    }
}
