package io.github.defenderreactive.runtime.internal.stream;

import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A stream whose source is subscribed at the first demand, so that no request is sent, and no deadline begins, before
 * the subscriber wants the response.
 */
public final class OnDemand<T> extends Flux<T> {

    private final Flux<T> source;

    /**
     * Creates the stream.
     *
     * @param source the source, subscribed once for each subscriber
     */
    public OnDemand(Flux<T> source) {
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        actual.onSubscribe(new Waiting<>(actual, source));
    }

    private static final class Waiting<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

        private final CoreSubscriber<? super T> actual;
        private final Flux<T> source;
        private final AtomicBoolean begun = new AtomicBoolean();

        Waiting(CoreSubscriber<? super T> actual, Flux<T> source) {
            this.actual = actual;
            this.source = source;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void request(long n) {
            super.request(n);
            if (n > 0 && !isCancelled() && begun.compareAndSet(false, true)) {
                source.subscribe(this);
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            set(subscription);
        }

        @Override
        public void onNext(T item) {
            actual.onNext(item);
        }

        @Override
        public void onError(Throwable error) {
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }
    }
}
