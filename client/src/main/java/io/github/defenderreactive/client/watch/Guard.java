package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.MemoryReserve;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Wraps all calls of foreign code into a watch: those of its source, its store, its timers and its consumer. An
 * exception on any thread ends the watch. Reactor converts exceptions to error signals, but throws JVM errors at the
 * caller, which has no relation to the watch, and the watch would never end.
 */
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile @Nullable Outlet<?> outlet;
    private volatile Runnable release = () -> {};

    Guard() {
        MemoryReserve.refill();
    }

    /** Sets the action that frees memory when the watch fails, before the failure is signalled; must not throw. */
    void releaseAtFailure(Runnable memory) {
        release = memory;
    }

    /** Returns the failure of the watch, or null. */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    /** Ends the watch. Only the first failure has an effect. Never throws. */
    void fail(Throwable thrown) {
        if (failure.get() != null || !failure.compareAndSet(null, JvmErrorException.signal(thrown, null))) {
            log("A watch failed again after its end", thrown);
            return;
        }
        release.run();
        Outlet<?> end = outlet;
        if (end != null) {
            end.fail();
        }
    }

    private static void log(String text, Throwable thrown) {
        try {
            LOG.warn(text, thrown);
        } catch (Throwable notLogged) {
            // not even enough memory for the log line
        }
    }

    /**
     * Returns the flux that the consumer subscribes to and that signals the failure. Reactor's own operators would hold
     * it back.
     */
    <T> Flux<T> outlet(Flux<T> watch) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                Outlet<T> end = new Outlet<>(actual);
                outlet = end;
                watch.subscribe(end);
            }
        };
    }

    <T> Flux<T> flux(Supplier<? extends Publisher<T>> source) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                new Guarded<T>(actual).begin(source);
            }
        };
    }

    <T> Mono<T> mono(Supplier<? extends Mono<T>> source) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                new Guarded<T>(actual).begin(source);
            }
        };
    }

    Scheduler timers(Scheduler timers) {
        return new Scheduler() {
            @Override
            public long now(TimeUnit unit) {
                return timers.now(unit);
            }

            @Override
            public Disposable schedule(Runnable task) {
                return timers.schedule(guarded(task));
            }

            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                return timers.schedule(guarded(task), delay, unit);
            }

            @Override
            public Worker createWorker() {
                throw new UnsupportedOperationException("A watch uses single timers only");
            }
        };
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable thrown) {
                fail(thrown);
            }
        };
    }

    /** Passes signals on in both directions. */
    private final class Guarded<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private volatile @Nullable Subscription upstream;
        private volatile boolean ended;

        Guarded(CoreSubscriber<? super T> actual) {
            this.actual = actual;
        }

        void begin(Supplier<? extends Publisher<T>> source) {
            try {
                source.get().subscribe(this);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }

        /** Handles an exception of the source, which may have signalled before. */
        private void refused(Throwable thrown) {
            Throwable error = JvmErrorException.signal(thrown, null);
            if (ended) {
                fail(thrown);
            } else if (upstream == null) {
                ended = true;
                Operators.error(actual, error);
            } else {
                ended = true;
                actual.onError(error);
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T item) {
            try {
                actual.onNext(item);
            } catch (Throwable thrown) {
                cancel();
                fail(thrown);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (ended) {
                Operators.onErrorDropped(error, currentContext());
                return;
            }
            ended = true;
            try {
                actual.onError(JvmErrorException.signal(error, null));
            } catch (Throwable thrown) {
                fail(thrown);
            }
        }

        @Override
        public void onComplete() {
            if (ended) {
                return;
            }
            ended = true;
            try {
                actual.onComplete();
            } catch (Throwable thrown) {
                fail(thrown);
            }
        }

        @Override
        public void request(long n) {
            Subscription current = upstream;
            if (current == null) {
                return;
            }
            try {
                current.request(n);
            } catch (Throwable thrown) {
                cancel();
                refused(thrown);
            }
        }

        @Override
        public void cancel() {
            Subscription current = upstream;
            if (current != null) {
                current.cancel();
            }
        }
    }

    /** Passes deliveries on until the watch fails. The failure waits for the delivery in progress. */
    private final class Outlet<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final AtomicInteger busy = new AtomicInteger();
        private volatile @Nullable Subscription upstream;
        private volatile boolean ended;

        Outlet(CoreSubscriber<? super T> actual) {
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T item) {
            busy.getAndIncrement();
            if (failure.get() == null && !ended) {
                try {
                    actual.onNext(item);
                } catch (Throwable thrown) {
                    Guard.this.fail(thrown);
                }
            } else {
                Operators.onDiscard(item, currentContext());
            }
            if (busy.decrementAndGet() > 0) {
                signalFailure();
            }
        }

        @Override
        public void onError(Throwable error) {
            end(error);
        }

        @Override
        public void onComplete() {
            end(null);
        }

        void fail() {
            try {
                cancel();
            } catch (Throwable thrown) {
                log("Cancelling a failed watch failed", thrown);
            }
            if (busy.getAndIncrement() == 0) {
                signalFailure();
            }
        }

        private void signalFailure() {
            end(failure.get());
        }

        private void end(@Nullable Throwable error) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
            }
            try {
                if (error == null) {
                    actual.onComplete();
                } else {
                    actual.onError(JvmErrorException.signal(error, null));
                }
            } catch (Throwable thrown) {
                log("Signalling the end of a watch failed", thrown);
            }
        }

        @Override
        public void request(long n) {
            Subscription current = upstream;
            if (current == null) {
                return;
            }
            try {
                current.request(n);
            } catch (Throwable thrown) {
                Guard.this.fail(thrown);
            }
        }

        @Override
        public void cancel() {
            Subscription current = upstream;
            if (current != null) {
                current.cancel();
            }
        }
    }
}
