package io.github.defenderreactive.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Standard error as before, whose lines somebody else gets, too. */
final class StandardErrorTap extends PrintStream {

    private static final int LONGEST_LINE = 64 * 1024;

    private final PrintStream before;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private StandardErrorTap(PrintStream before, Consumer<String> lines) {
        super(before, true);
        this.before = before;
        this.lines = lines;
    }

    static synchronized void install(Consumer<String> lines) {
        if (!(System.err instanceof StandardErrorTap)) {
            System.setErr(new StandardErrorTap(System.err, lines));
        }
    }

    @Override
    public void write(int b) {
        before.write(b);
        synchronized (line) {
            tap((byte) b);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        before.write(bytes, from, length);
        synchronized (line) {
            for (int i = from; i < from + length; i++) {
                tap(bytes[i]);
            }
        }
    }

    private void tap(byte b) {
        if (b == '\n' || line.size() >= LONGEST_LINE) {
            lines.accept(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
        if (b != '\n') {
            line.write(b);
        }
    }
}
