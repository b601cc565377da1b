package io.github.defenderreactive.cli.internal.progress;

import io.github.defenderreactive.cli.internal.process.ShutdownHook;
import io.github.defenderreactive.cli.internal.terminal.StatusLine;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * The progress of a command, which a status line shows after one second. Without a measure from the command it
 * shows the bytes of the download in progress, else the items of the calls that have ended, else the number of calls.
 * Waits of calls are always shown. No method blocks but {@link #close()}.
 */
public final class Progress implements CallListener.Factory, AutoCloseable {

    static final Duration INITIAL_DELAY = Duration.ofSeconds(1);
    static final Duration INTERVAL = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private final Disposable timer;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final Set<Call> waiting = ConcurrentHashMap.newKeySet();
    private final @Nullable StatusLine line;
    private final @Nullable ShutdownHook hook;
    private volatile @Nullable Supplier<@Nullable Measure> measure;
    private volatile @Nullable Call download;
    private volatile long startNanos;

    /**
     * Creates a progress.
     *
     * @param line the line that shows it, or null to show nothing; closed with this progress
     * @param scheduler the scheduler that writes the line, which must allow blocking
     * @param nanos the current time
     */
    Progress(@Nullable StatusLine line, Scheduler scheduler, LongSupplier nanos) {
        this.nanos = nanos;
        this.line = line;
        this.startNanos = nanos.getAsLong();
        this.hook = line == null ? null : new ShutdownHook(line::close);
        this.timer = line == null
                ? Disposables.disposed()
                : scheduler.schedulePeriodically(
                        () -> line.show(text()), INITIAL_DELAY.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts a progress.
     *
     * @param line the line that shows it, or null to show nothing; closed with this progress
     * @return the progress
     */
    public static Progress on(@Nullable StatusLine line) {
        return new Progress(line, Schedulers.boundedElastic(), System::nanoTime);
    }

    /**
     * Returns whether the user sees this progress.
     *
     * @return whether there is a line
     */
    public boolean isShown() {
        return line != null;
    }

    /**
     * Starts to count.
     *
     * @param unit what {@link #add} counts, in the plural
     * @param total the expected number, or {@link Measure#UNKNOWN}
     */
    public void expect(String unit, long total) {
        follow(() -> Measure.of(unit, done.get(), total));
    }

    /**
     * Counts what is done, by default items of an unknown number.
     *
     * @param number the number that is done
     */
    public void add(long number) {
        done.addAndGet(number);
    }

    /**
     * Starts to show a measure of the command.
     *
     * @param current returns the current measure, or null if there is none yet; must not block
     */
    public void follow(Supplier<@Nullable Measure> current) {
        startNanos = nanos.getAsLong();
        measure = current;
    }

    @Override
    public CallListener callStarted(OperationInfo operation, ContextView context) {
        return new Call(operation.equals(Downloads.OPERATION));
    }

    String text() {
        String figures = ProgressText.of(measure(), Duration.ofNanos(nanos.getAsLong() - startNanos));
        return waiting.stream()
                .min(Comparator.comparingLong(call -> call.waitingSince))
                .map(call -> withWait(figures, call))
                .orElse(figures);
    }

    /** Appends the wait, which matters more than the end of long figures. */
    private String withWait(String figures, Call call) {
        String wait = "; waiting for " + call.reason + ", "
                + ProgressText.time(Duration.ofNanos(nanos.getAsLong() - call.waitingSince));
        int columns = Math.max(0, StatusLine.MAX_COLUMNS - wait.length());
        return figures.substring(0, Math.min(figures.length(), columns)) + wait;
    }

    private Measure measure() {
        Supplier<@Nullable Measure> own = measure;
        Measure current = own == null ? null : own.get();
        if (current != null) {
            return current;
        }
        if (done.get() > 0) {
            return Measure.of("items", done.get(), Measure.UNKNOWN);
        }
        Call file = download;
        if (file != null) {
            return Measure.of(Measure.BYTES, file.bytes, file.length);
        }
        return items.get() > 0
                ? Measure.of("items", items.get(), Measure.UNKNOWN)
                : Measure.of("calls", calls.get(), Measure.UNKNOWN);
    }

    /** Erases the line and ends the progress. */
    @Override
    public void close() {
        timer.dispose();
        if (line != null) {
            line.close();
        }
        if (hook != null) {
            hook.close();
        }
    }

    /** A call in progress. */
    private final class Call extends CallWaits {

        private final boolean isDownload;
        private volatile long waitingSince;
        private volatile String reason = "";
        private volatile long length = Measure.UNKNOWN;
        private volatile long bytes;

        Call(boolean isDownload) {
            this.isDownload = isDownload;
        }

        @Override
        protected void waitsFor(String awaited) {
            waitingSince = nanos.getAsLong();
            reason = awaited;
            waiting.add(this);
        }

        @Override
        protected void proceeds() {
            waiting.remove(this);
        }

        @Override
        public void responseStarted(int status, long contentLength) {
            if (isDownload) {
                bytes = 0;
                length = contentLength;
                if (download == null) {
                    startNanos = nanos.getAsLong();
                }
                download = this;
            }
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
        public void bytesReceived(int count) {
            bytes += count;
        }

        @Override
        public void callEnded(CallSummary call) {
            super.callEnded(call);
            calls.incrementAndGet();
            items.addAndGet(call.items());
            if (download == this) {
                download = null;
            }
        }
    }
}
