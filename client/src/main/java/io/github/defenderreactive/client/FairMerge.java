package io.github.defenderreactive.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Merges sources that come and go, and takes one item of each in turn. {@code flatMap} emits from the same source as long
 * as that has items, so with a slow subscriber one source with many items delays all others.
 *
 * <p>Completes when the publisher of sources and all sources have completed. The first error ends it and cancels the
 * sources. At most {@code prefetch} items of each source are held.
 */
final class FairMerge<T> extends Flux<T> {

    private final Publisher<? extends Publisher<? extends T>> sources;
    private final int prefetch;

    FairMerge(Publisher<? extends Publisher<? extends T>> sources, int prefetch) {
        this.sources = sources;
        this.prefetch = prefetch;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Merge<T> merge = new Merge<>(actual, prefetch);
        actual.onSubscribe(merge);
        sources.subscribe(merge.arrivals);
    }

    private static final class Merge<T> implements Subscription {

        private final CoreSubscriber<? super T> actual;
        private final int prefetch;
        private final AtomicLong requested = new AtomicLong();
        private final AtomicInteger work = new AtomicInteger();
        private final Queue<Source<T>> added = new ConcurrentLinkedQueue<>();
        /** The sources in the order of their turns; used only inside the drain. */
        private final ArrayDeque<Source<T>> turns = new ArrayDeque<>();

        private final Arrivals arrivals = new Arrivals();
        private volatile boolean cancelled;
        private volatile boolean complete;
        private volatile @Nullable Throwable error;

        Merge(CoreSubscriber<? super T> actual, int prefetch) {
            this.actual = actual;
            this.prefetch = prefetch;
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                requested.accumulateAndGet(n, Operators::addCap);
                drain();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            arrivals.cancel();
            drain();
        }

        private void fail(Throwable failure) {
            if (error != null || cancelled) {
                Operators.onErrorDropped(failure, actual.currentContext());
                return;
            }
            error = failure;
            drain();
        }

        private void drain() {
            if (work.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                takeTurns();
                missed = work.addAndGet(-missed);
            } while (missed != 0);
        }

        private void takeTurns() {
            long demand = requested.get();
            long emitted = 0;
            int withoutItem = 0;
            while (true) {
                boolean noMoreSources = complete;
                for (Source<T> source = added.poll(); source != null; source = added.poll()) {
                    turns.addLast(source);
                    withoutItem = 0;
                }
                if (cancelled) {
                    release();
                    return;
                }
                Throwable failure = error;
                if (failure != null) {
                    cancelled = true;
                    arrivals.cancel();
                    release();
                    actual.onError(failure);
                    return;
                }
                if (turns.isEmpty() && noMoreSources) {
                    cancelled = true;
                    actual.onComplete();
                    return;
                }
                if (withoutItem >= turns.size()) {
                    break;
                }
                Source<T> source = turns.removeFirst();
                boolean done = source.done;
                if (done && source.items.isEmpty()) {
                    continue;
                }
                turns.addLast(source);
                T item = emitted == demand ? null : source.items.poll();
                if (item == null) {
                    withoutItem++;
                    continue;
                }
                withoutItem = 0;
                emitted++;
                actual.onNext(item);
                source.taken();
            }
            if (emitted != 0 && demand != Long.MAX_VALUE) {
                requested.addAndGet(-emitted);
            }
        }

        private void release() {
            for (Source<T> source = added.poll(); source != null; source = added.poll()) {
                turns.addLast(source);
            }
            for (Source<T> source : turns) {
                source.cancel();
                Operators.onDiscardQueueWithClear(source.items, actual.currentContext(), null);
            }
            turns.clear();
        }

        /** Receives the sources. */
        private final class Arrivals extends BaseSubscriber<Publisher<? extends T>> {

            @Override
            public Context currentContext() {
                return actual.currentContext();
            }

            @Override
            protected void hookOnNext(Publisher<? extends T> publisher) {
                Source<T> source = new Source<>(Merge.this);
                added.add(source);
                drain();
                publisher.subscribe(source);
            }

            @Override
            protected void hookOnError(Throwable failure) {
                fail(failure);
            }

            @Override
            protected void hookOnComplete() {
                complete = true;
                drain();
            }
        }
    }

    private static final class Source<T> extends BaseSubscriber<T> {

        private final Merge<T> merge;
        private final Queue<T> items;
        private final int batch;
        private volatile boolean done;
        /** Items taken since the last request; used only inside the drain. */
        private int taken;

        Source(Merge<T> merge) {
            this.merge = merge;
            this.items = Queues.<T>get(merge.prefetch).get();
            this.batch = Math.max(1, merge.prefetch * 3 / 4);
        }

        void taken() {
            if (++taken == batch) {
                taken = 0;
                request(batch);
            }
        }

        @Override
        public Context currentContext() {
            return merge.actual.currentContext();
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(merge.prefetch);
        }

        @Override
        protected void hookOnNext(T item) {
            if (merge.cancelled) {
                Operators.onDiscard(item, currentContext());
                return;
            }
            if (items.offer(item)) {
                merge.drain();
            } else {
                cancel();
                merge.fail(Exceptions.failWithOverflow("A source emitted more items than were requested"));
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            merge.fail(failure);
        }

        @Override
        protected void hookOnComplete() {
            done = true;
            merge.drain();
        }
    }
}
