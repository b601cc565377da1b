package io.github.defenderreactive.client.cursor;

import io.github.defenderreactive.runtime.error.JvmErrorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A session that accesses the file on one thread, in the order of the calls. Consecutive acknowledgements are written
 * together, so that they share one write to disk.
 */
final class FileCursorSession implements CursorStore.Session {

    private static final Logger LOG = LoggerFactory.getLogger(FileCursorSession.class);

    /** A pending access to the file. */
    private sealed interface Work {

        /** A version to append. */
        record Acknowledgement(SeenVersion seen, MonoSink<Void> sink) implements Work {}

        /** Any other access; signals its sink itself. */
        record Task(Runnable task) implements Work {}
    }

    private final FileJournal journal;
    private final Scheduler thread;
    private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();

    FileCursorSession(FileJournal journal, Scheduler thread) {
        this.journal = journal;
        this.thread = thread;
    }

    static Mono<CursorStore.Session> open(Callable<FileJournal> journal) {
        return Mono.defer(() -> {
            Scheduler thread = Schedulers.single(Schedulers.boundedElastic());
            return Mono.<FileCursorSession>create(sink ->
                            thread.schedule(() -> end(sink, () -> new FileCursorSession(journal.call(), thread))))
                    .doOnDiscard(FileCursorSession.class, FileCursorSession::release)
                    .doOnError(failure -> thread.dispose())
                    .cast(CursorStore.Session.class);
        });
    }

    private static <T> void end(MonoSink<T> sink, Callable<? extends @Nullable T> work) {
        T result = null;
        Throwable failure = null;
        try {
            result = work.call();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        signal(sink, result, failure);
    }

    /** Signals the result. A failure of the subscriber on this thread must not affect other calls. */
    private static <T> void signal(MonoSink<T> sink, @Nullable T result, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                sink.error(JvmErrorException.signal(failure, null));
            } else if (result != null) {
                sink.success(result);
            } else {
                sink.success();
            }
        } catch (Throwable thrown) {
            LOG.warn("The subscriber of a store operation failed", thrown);
        }
    }

    @Override
    public Mono<Progress> load() {
        return access(journal::read);
    }

    @Override
    public Mono<Void> acknowledge(SeenVersion seen) {
        return Mono.create(sink -> add(new Work.Acknowledgement(seen, sink)));
    }

    @Override
    public Mono<Void> replace(Progress progress) {
        return access(() -> {
            journal.replace(progress);
            return null;
        });
    }

    @Override
    public Mono<Void> advance(Cursor to, Collection<SeenVersion> forgotten) {
        return access(() -> {
            journal.advance(to, forgotten);
            return null;
        });
    }

    @Override
    public Mono<Void> close() {
        return access(() -> {
            release();
            return null;
        });
    }

    private <T> Mono<T> access(Callable<? extends @Nullable T> work) {
        return Mono.create(sink -> add(new Work.Task(() -> end(sink, work))));
    }

    /** Adds an access. A cancel does not interrupt it, because an interrupt would close the file. */
    private void add(Work work) {
        waiting.add(work);
        if (wip.getAndIncrement() == 0) {
            thread.schedule(this::drain);
        }
    }

    private void drain() {
        int missed = 1;
        do {
            List<Work.Acknowledgement> batch = new ArrayList<>();
            for (Work next = waiting.poll(); next != null; next = waiting.poll()) {
                if (next instanceof Work.Acknowledgement one) {
                    batch.add(one);
                } else if (next instanceof Work.Task other) {
                    append(batch);
                    batch = new ArrayList<>();
                    other.task().run();
                }
            }
            append(batch);
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void append(List<Work.Acknowledgement> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Throwable failure = null;
        try {
            journal.append(batch.stream().map(Work.Acknowledgement::seen).toList());
        } catch (Throwable thrown) {
            failure = thrown;
        }
        for (Work.Acknowledgement one : batch) {
            signal(one.sink(), null, failure);
        }
    }

    private void release() {
        try {
            journal.close();
        } finally {
            thread.dispose();
        }
    }
}
