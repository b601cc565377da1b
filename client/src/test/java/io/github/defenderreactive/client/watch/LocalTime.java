package io.github.defenderreactive.client.watch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A clock that may be wrong and can be set, and timers that do not care. */
final class LocalTime implements Scheduler {

    private final Scheduler timers;
    private Duration ahead = Duration.ZERO;

    LocalTime(Scheduler timers) {
        this.timers = timers;
    }

    LocalTime ahead(Duration by) {
        ahead = by;
        return this;
    }

    @Override
    public long now(TimeUnit unit) {
        return timers.now(unit) + unit.convert(ahead);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return timers.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return timers.schedule(task, delay, unit);
    }

    @Override
    public Worker createWorker() {
        return timers.createWorker();
    }
}
