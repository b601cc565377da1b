package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One call that a scope can end. Unlike {@code takeUntilOther}, it remains usable when a subscriber throws an exception
 * from {@code onNext}: the error that the source then signals must be delivered.
 */
final class ScopedCall<T> implements CoreSubscriber<T>, Subscription {

    /** Set in {@link #state} when no further item may be emitted; the lower bits count the emissions in progress. */
    private static final int ENDING = 1 << 30;

    private final CoreSubscriber<? super T> actual;
    private final boolean single;
    private final Mono<Void> end;
    private final Runnable onFinished;

    /** One until the subscriber has its subscription. */
    private final AtomicInteger state = new AtomicInteger(1);

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> cutError = new AtomicReference<>();

    private volatile @Nullable Subscription upstream;
    private volatile @Nullable Disposable endSubscription;
    private volatile boolean hasValue;

    /**
     * Creates a call that has not started.
     *
     * @param single whether the call emits a single item before its completion
     * @param end completes when the call must end
     * @param onFinished run once, after the end of the call
     */
    ScopedCall(CoreSubscriber<? super T> actual, boolean single, Mono<Void> end, Runnable onFinished) {
        this.actual = actual;
        this.single = single;
        this.end = end;
        this.onFinished = onFinished;
    }

    void start(Publisher<T> call) {
        try {
            call.subscribe(this);
        } catch (Throwable thrown) {
            finish();
            throw thrown;
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
            // a completion and not an error, because an error after a dispose would be logged as dropped
            endSubscription = end.subscribe(null, null, this::end);
            try {
                actual.onSubscribe(this);
            } finally {
                emissionEnded();
            }
        }
    }

    @Override
    public void onNext(T item) {
        int before = state.getAndUpdate(now -> now >= ENDING ? now : now + 1);
        if (before >= ENDING) {
            Operators.onDiscard(item, currentContext());
            return;
        }
        hasValue = single;
        try {
            actual.onNext(item);
        } finally {
            emissionEnded();
        }
    }

    private void emissionEnded() {
        if (state.decrementAndGet() == ENDING) {
            signalCutError();
        }
    }

    @Override
    public void onError(Throwable error) {
        state.getAndUpdate(now -> now | ENDING);
        if (!ended.compareAndSet(false, true)) {
            Operators.onErrorDropped(error, currentContext());
            return;
        }
        try {
            actual.onError(error);
        } finally {
            finish();
        }
    }

    @Override
    public void onComplete() {
        state.getAndUpdate(now -> now | ENDING);
        if (cutError.get() != null) {
            // items may be missing
            signalCutError();
        } else if (ended.compareAndSet(false, true)) {
            try {
                actual.onComplete();
            } finally {
                finish();
            }
        }
    }

    /** Ends the call on behalf of its scope, after the emission in progress. */
    private void end() {
        if (hasValue) {
            // a caller that blocks has its value before the call has ended, and may close the client at once
            return;
        }
        // each call gets a separate error, because its context is completed
        cutError.set(new ClientClosedException(false, ErrorContext.NONE));
        if (state.getAndUpdate(now -> now | ENDING) == 0) {
            signalCutError();
        }
    }

    private void signalCutError() {
        Throwable error = cutError.get();
        if (error != null && ended.compareAndSet(false, true)) {
            cancelUpstream();
            try {
                actual.onError(error);
            } finally {
                finish();
            }
        }
    }

    @Override
    public void request(long n) {
        Subscription current = upstream;
        if (current != null) {
            current.request(n);
        }
    }

    @Override
    public void cancel() {
        try {
            cancelUpstream();
        } finally {
            finish();
        }
    }

    private void cancelUpstream() {
        Subscription current = upstream;
        if (current != null) {
            current.cancel();
        }
    }

    private void finish() {
        if (finished.compareAndSet(false, true)) {
            Disposable wait = endSubscription;
            if (wait != null) {
                wait.dispose();
            }
            onFinished.run();
        }
    }
}
