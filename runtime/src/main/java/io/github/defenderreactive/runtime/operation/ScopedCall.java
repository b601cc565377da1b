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
 * One call that a scope can end. Unlike {@code takeUntilOther} it remains usable when a subscriber throws out of
 * {@code onNext}: the error that the source signals then must arrive.
 */
final class ScopedCall<T> implements CoreSubscriber<T>, Subscription {

    /** Set in {@link #state} when no item may be emitted any more; the rest counts the emissions in progress. */
    private static final int ENDING = 1 << 30;

    private final CoreSubscriber<? super T> actual;
    private final boolean single;
    private final Mono<Void> end;
    private final Runnable leave;

    /** One until the subscriber has its subscription. */
    private final AtomicInteger state = new AtomicInteger(1);

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> cut = new AtomicReference<>();

    private volatile @Nullable Subscription upstream;
    private volatile @Nullable Disposable waiting;
    private volatile boolean answered;

    /**
     * A call that has not begun.
     *
     * @param single whether nothing but the completion follows an item
     * @param end completes when the call is to end
     * @param leave run once, after the end of the call
     */
    ScopedCall(CoreSubscriber<? super T> actual, boolean single, Mono<Void> end, Runnable leave) {
        this.actual = actual;
        this.single = single;
        this.end = end;
        this.leave = leave;
    }

    void begin(Publisher<T> call) {
        try {
            call.subscribe(this);
        } catch (Throwable thrown) {
            leave();
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
            // A completion and no error, because one that comes after a dispose would be logged as dropped.
            waiting = end.subscribe(null, null, this::end);
            try {
                actual.onSubscribe(this);
            } finally {
                emitted();
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
        answered = single;
        try {
            actual.onNext(item);
        } finally {
            emitted();
        }
    }

    private void emitted() {
        if (state.decrementAndGet() == ENDING) {
            signalCut();
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
            leave();
        }
    }

    @Override
    public void onComplete() {
        state.getAndUpdate(now -> now | ENDING);
        if (cut.get() != null) {
            // Items may be missing.
            signalCut();
        } else if (ended.compareAndSet(false, true)) {
            try {
                actual.onComplete();
            } finally {
                leave();
            }
        }
    }

    /** Ends the call from outside, after the emission in progress. */
    private void end() {
        if (answered) {
            // A caller that blocks has its value before the call has ended, and may close at once.
            return;
        }
        // Each call gets an error of its own, because its context is completed.
        cut.set(new ClientClosedException(false, ErrorContext.NONE));
        if (state.getAndUpdate(now -> now | ENDING) == 0) {
            signalCut();
        }
    }

    private void signalCut() {
        Throwable error = cut.get();
        if (error != null && ended.compareAndSet(false, true)) {
            stop();
            try {
                actual.onError(error);
            } finally {
                leave();
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
            stop();
        } finally {
            leave();
        }
    }

    private void stop() {
        Subscription current = upstream;
        if (current != null) {
            current.cancel();
        }
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            Disposable wait = waiting;
            if (wait != null) {
                wait.dispose();
            }
            leave.run();
        }
    }
}
