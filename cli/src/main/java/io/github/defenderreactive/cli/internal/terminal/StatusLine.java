package io.github.defenderreactive.cli.internal.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last line of the terminal, which is overwritten by each text and erased before anything else is written. A
 * process has at most one.
 */
public final class StatusLine implements AutoCloseable {

    /** The columns of the narrowest usual terminal, without the last one, which would begin another line. */
    public static final int MAX_COLUMNS = 79;

    private static final byte[] ERASE = "\r\u001b[K".getBytes(StandardCharsets.US_ASCII);
    private static final long ERASE_TIMEOUT_MILLIS = 100;

    /** Held while the terminal is written to, so that nothing is written between an erasure and the text after it. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static volatile @Nullable StatusLine current;

    /** True if the cursor is after a part of a line of results or messages. */
    private static boolean isMidLine;

    private final PrintStream terminal;
    private boolean isShown;

    private StatusLine(PrintStream terminal) {
        this.terminal = terminal;
    }

    /**
     * Opens the line on standard error.
     *
     * @param type the type of the terminal as in the environment variable {@code TERM}; null if it is not set
     * @return the line, or null if standard error is not a terminal, or one that cannot erase
     */
    public static @Nullable StatusLine onStandardError(@Nullable String type) {
        boolean canErase = type != null && !type.equals("dumb");
        return canErase && Terminal.isStandardError() ? on(System.err) : null;
    }

    /** Opens the line on a terminal, which stays open. */
    static StatusLine on(PrintStream terminal) {
        StatusLine line = new StatusLine(terminal);
        current = line;
        return line;
    }

    /**
     * Returns whether there is a line.
     *
     * @return whether it was opened and not closed
     */
    public static boolean isOpen() {
        return current != null;
    }

    /**
     * Returns a stream to the same terminal, which erases the line before it writes.
     *
     * @param terminal the stream to write to
     * @return the stream
     */
    public static OutputStream above(OutputStream terminal) {
        return new Above(terminal);
    }

    /**
     * Shows a text until the next one, or nothing while a line of other output is incomplete. Blocks if the terminal is
     * paused.
     *
     * @param text a text without control characters
     */
    public void show(String text) {
        byte[] line = text.substring(0, Math.min(text.length(), MAX_COLUMNS)).getBytes(StandardCharsets.UTF_8);
        LOCK.lock();
        try {
            if (current == this && !isMidLine) {
                isShown = true;
                terminal.write(ERASE, 0, ERASE.length);
                terminal.write(line, 0, line.length);
                terminal.flush();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private void erase() {
        if (isShown) {
            isShown = false;
            terminal.write(ERASE, 0, ERASE.length);
            terminal.flush();
        }
    }

    /** Erases the line and shows nothing anymore. Does not wait for a terminal that is paused. */
    @Override
    public void close() {
        if (current != this) {
            return;
        }
        current = null;
        try {
            if (LOCK.tryLock(ERASE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    erase();
                } finally {
                    LOCK.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A stream that erases the line before it writes. */
    private static final class Above extends FilterOutputStream {

        Above(OutputStream terminal) {
            super(terminal);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return;
            }
            LOCK.lock();
            try {
                StatusLine line = current;
                if (line != null) {
                    line.erase();
                }
                out.write(bytes, from, length);
                isMidLine = bytes[from + length - 1] != '\n';
            } finally {
                LOCK.unlock();
            }
        }
    }
}
