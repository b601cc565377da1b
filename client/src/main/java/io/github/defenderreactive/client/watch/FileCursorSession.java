package io.github.defenderreactive.client.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The file on one thread. Acknowledgements that wait for it are written together, so that they share one force. */
final class FileCursorSession implements CursorStore.Session {

    private record Waiting(Seen seen, MonoSink<Void> sink) {}

    private final FileJournal journal;
    private final Scheduler thread;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    FileCursorSession(FileJournal journal, Scheduler thread) {
        this.journal = journal;
        this.thread = thread;
    }

    static Mono<CursorStore.Session> open(Callable<FileJournal> journal) {
        return Mono.defer(() -> {
            Scheduler thread = Schedulers.single(Schedulers.boundedElastic());
            return on(thread, () -> new FileCursorSession(journal.call(), thread))
                    .doOnDiscard(FileCursorSession.class, FileCursorSession::release)
                    .doOnError(failure -> thread.dispose())
                    .cast(CursorStore.Session.class);
        });
    }

    /** Work that a cancel does not interrupt: an interrupt would close the file under it. */
    private static <T> Mono<T> on(Scheduler thread, Callable<? extends @Nullable T> work) {
        return Mono.create(sink -> thread.schedule(() -> {
            try {
                T result = work.call();
                if (result == null) {
                    sink.success();
                } else {
                    sink.success(result);
                }
            } catch (Exception e) {
                sink.error(e);
            }
        }));
    }

    @Override
    public Mono<Progress> load() {
        return on(thread, journal::read);
    }

    @Override
    public Mono<Void> acknowledge(Seen seen) {
        return Mono.create(sink -> {
            waiting.add(new Waiting(seen, sink));
            if (scheduled.compareAndSet(false, true)) {
                thread.schedule(this::append);
            }
        });
    }

    private void append() {
        scheduled.set(false);
        List<Waiting> batch = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
        }
        try {
            journal.append(batch.stream().map(Waiting::seen).toList());
        } catch (CursorStoreException e) {
            batch.forEach(one -> one.sink().error(e));
            return;
        }
        batch.forEach(one -> one.sink().success());
    }

    @Override
    public Mono<Void> replace(Progress progress) {
        return on(thread, () -> {
            journal.replace(progress);
            return null;
        });
    }

    @Override
    public Mono<Void> close() {
        return on(thread, () -> {
            release();
            return null;
        });
    }

    private void release() {
        journal.close();
        thread.dispose();
    }
}
