package io.github.defenderreactive.runtime.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Converts thrown exceptions to error signals. Reactor throws exceptions that it considers fatal, such as
 * {@link OutOfMemoryError}, on the current thread, so a subscriber on another thread would wait indefinitely.
 */
final class Guard<T> implements CoreSubscriber<T>, Subscription {

    private final CoreSubscriber<? super T> actual;
    private final UnaryOperator<Throwable> naming;
    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile @Nullable Subscription upstream;

    private Guard(CoreSubscriber<? super T> actual, UnaryOperator<Throwable> naming) {
        this.actual = actual;
        this.naming = naming;
    }

    /**
     * Returns a publisher that is created at each subscribe.
     *
     * @param naming maps a thrown exception to the error to signal
     */
    static <T> Flux<T> flux(Supplier<? extends Publisher<T>> source, UnaryOperator<Throwable> naming) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                new Guard<T>(actual, naming).begin(source);
            }
        };
    }

    /** Returns a publisher of at most one value that is created at each subscribe. */
    static <T> Mono<T> mono(Supplier<? extends Mono<T>> source, UnaryOperator<Throwable> naming) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                new Guard<T>(actual, naming).begin(source);
            }
        };
    }

    private void begin(Supplier<? extends Publisher<T>> source) {
        try {
            source.get().subscribe(this);
        } catch (Throwable thrown) {
            end(thrown);
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
        if (ended.get()) {
            Operators.onDiscard(item, currentContext());
            return;
        }
        try {
            actual.onNext(item);
        } catch (Throwable thrown) {
            cancel();
            end(thrown);
        }
    }

    @Override
    public void onError(Throwable error) {
        if (ended.compareAndSet(false, true)) {
            actual.onError(error);
        } else {
            Operators.onErrorDropped(error, currentContext());
        }
    }

    @Override
    public void onComplete() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            actual.onComplete();
        } catch (Throwable thrown) {
            // The completion handler has failed, and its subscriber also waits for a signal.
            actual.onError(naming.apply(thrown));
        }
    }

    @Override
    public void request(long n) {
        Subscription current = upstream;
        if (current != null) {
            try {
                current.request(n);
            } catch (Throwable thrown) {
                cancel();
                end(thrown);
            }
        }
    }

    @Override
    public void cancel() {
        Subscription current = upstream;
        if (current != null) {
            current.cancel();
        }
    }

    private void end(Throwable thrown) {
        if (!ended.compareAndSet(false, true)) {
            Operators.onErrorDropped(thrown, currentContext());
            return;
        }
        if (upstream == null) {
            Operators.error(actual, naming.apply(thrown));
        } else {
            actual.onError(naming.apply(thrown));
        }
    }
}
