package io.github.defenderreactive.cli.internal.export;

import io.github.defenderreactive.cli.internal.terminal.Terminal;
import io.github.defenderreactive.client.export.ExportProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A line on a terminal that shows the progress of an export and is overwritten by the next one. */
final class ProgressLine implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream terminal;
    private final Disposable timer;
    private volatile @Nullable ExportProgress latest;
    private boolean shown;

    /**
     * Creates a line, which is printed twice a second.
     *
     * @param terminal the terminal; stays open
     * @param clock the scheduler that prints, which must allow blocking
     */
    ProgressLine(PrintStream terminal, Scheduler clock) {
        this.terminal = terminal;
        this.timer = clock.schedulePeriodically(
                this::print, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns a line on standard error; null if that is not a terminal. */
    static @Nullable ProgressLine onStandardError() {
        return Terminal.isStandardError() ? new ProgressLine(System.err, Schedulers.boundedElastic()) : null;
    }

    /** Sets the progress to show. Does not block. */
    void update(ExportProgress progress) {
        latest = progress;
    }

    private synchronized void print() {
        ExportProgress progress = latest;
        if (progress != null && !timer.isDisposed()) {
            shown = true;
            terminal.print(ERASE + text(progress));
            terminal.flush();
        }
    }

    static String text(ExportProgress progress) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d files, %,d records, %,d MB",
                progress.completedFiles(),
                progress.files(),
                progress.records(),
                progress.bytes() / 1_000_000);
    }

    /** Erases the line. */
    @Override
    public synchronized void close() {
        timer.dispose();
        if (shown) {
            terminal.print(ERASE);
            terminal.flush();
        }
    }
}
