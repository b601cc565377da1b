package io.github.defenderreactive.cli.internal.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Standard output that fails if it cannot be written. An ordinary print stream ignores write errors, so that alerts
 * would count as printed although they were lost.
 */
public final class StandardOutput {

    private StandardOutput() {}

    /** Replaces {@link System#out} by a stream that throws {@link UncheckedIOException} if a write fails. */
    public static void install() {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(of(Terminal.isStandardOutput() ? StatusLine.above(out) : out));
    }

    /**
     * Returns a print stream that throws {@link UncheckedIOException} if a write fails.
     *
     * @param target the stream to write to
     * @return the print stream
     */
    public static PrintStream of(OutputStream target) {
        return new PrintStream(new Failing(target), true, StandardCharsets.UTF_8);
    }

    /** A print stream swallows checked exceptions only. */
    private static final class Failing extends FilterOutputStream {

        Failing(OutputStream target) {
            super(target);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write to standard output: " + e.getMessage(), e);
            }
        }
    }
}
