package io.github.defenderreactive.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** A scheduler with manual time. Due tasks run on the thread that advances the time. */
final class ManualTime implements Scheduler {

    private record Task(long due, long order, Runnable work, Disposable.Swap handle) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));
    private long now;
    private long scheduled;

    @Override
    public synchronized long now(TimeUnit unit) {
        return unit.convert(now, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task) {
        task.run();
        return Disposables.disposed();
    }

    @Override
    public synchronized Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Disposable.Swap handle = Disposables.swap();
        tasks.add(new Task(now + unit.toNanos(delay), scheduled++, task, handle));
        return handle;
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("Periodic tasks are not supported");
    }

    void advance(Duration time) {
        long until;
        synchronized (this) {
            until = now + time.toNanos();
        }
        for (Task task = next(until); task != null; task = next(until)) {
            if (!task.handle().isDisposed()) {
                task.work().run();
            }
        }
        synchronized (this) {
            now = until;
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Task next(long until) {
        Task first = tasks.peek();
        if (first == null || first.due() > until) {
            return null;
        }
        now = Math.max(now, first.due());
        return tasks.poll();
    }
}
