package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/**
 * One read of a range of time, which begins with a single window. A window that reaches a limit is split into halves,
 * which are read one after the other, so that the rows arrive in the order of the windows.
 *
 * <p>A limit or an interruption may become known only after rows were emitted. The rows of such a window are received
 * again, and those that were emitted are recognised by their content.
 */
final class WindowedRead {

    private static final int MAX_INTERRUPTIONS = 3;

    private final BiFunction<Instant, Instant, Flux<HuntingRow>> source;
    private final Consumer<? super HuntingReport> listener;
    private final Deque<TimeWindow> pending = new ArrayDeque<>();
    private final AtomicLong windows = new AtomicLong();
    private final AtomicLong splits = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile Instant completeUntil;

    /**
     * Creates a read, which is subscribed to once.
     *
     * @param source returns the rows from a time until another
     */
    WindowedRead(
            TimeWindow range,
            BiFunction<Instant, Instant, Flux<HuntingRow>> source,
            Consumer<? super HuntingReport> listener) {
        this.source = source;
        this.listener = listener;
        this.completeUntil = range.from();
        pending.push(range);
    }

    Flux<HuntingRow> rows() {
        return Flux.defer(this::next)
                .repeat(() -> !pending.isEmpty())
                .doOnTerminate(this::report)
                .doOnCancel(this::report);
    }

    private void report() {
        if (reported.compareAndSet(false, true)) {
            listener.accept(new HuntingReport(windows.get(), splits.get(), rows.get(), repeated.get(), completeUntil));
        }
    }

    private Flux<HuntingRow> next() {
        TimeWindow window = pending.pop();
        Attempt attempt = new Attempt(window.emitted().copy());
        return source.apply(window.from(), window.to())
                .filter(attempt::isNew)
                .doOnComplete(() -> {
                    windows.incrementAndGet();
                    completeUntil = window.to();
                })
                .onErrorResume(failure -> afterFailure(window, attempt, failure));
    }

    private Flux<HuntingRow> afterFailure(TimeWindow window, Attempt attempt, Throwable failure) {
        HuntingLimit limit = HuntingLimit.of(failure);
        if (limit != null && limit.isSolvedBySplitting(window.length())) {
            splits.incrementAndGet();
            List<TimeWindow> halves = window.halves(attempt.emitted);
            pending.push(halves.get(1));
            pending.push(halves.get(0));
            return Flux.empty();
        }
        boolean interrupted = failure instanceof TransientDefenderException && attempt.hasBegun;
        if (interrupted && limit == null && window.interruptions() < MAX_INTERRUPTIONS) {
            pending.push(window.interrupted(attempt.emitted));
            return Flux.empty();
        }
        return Flux.error(
                limit == null || limit == HuntingLimit.QUOTA || !(failure instanceof DefenderException known)
                        ? failure
                        : ErrorCopy.withNote(
                                known,
                                "reached by the rows from " + window.from() + " to " + window.to()
                                        + ", and a shorter range is not tried"));
    }

    /** The rows of one query over a window. */
    private final class Attempt {

        private final SeenRows expected;
        private final SeenRows emitted = new SeenRows();
        private boolean hasBegun;

        /** Creates an attempt that drops these rows. */
        Attempt(SeenRows expected) {
            this.expected = expected;
        }

        boolean isNew(HuntingRow row) {
            hasBegun = true;
            long hash = SeenRows.hash(row);
            if (expected.remove(hash)) {
                repeated.incrementAndGet();
                return false;
            }
            emitted.add(hash);
            rows.incrementAndGet();
            return true;
        }
    }
}
