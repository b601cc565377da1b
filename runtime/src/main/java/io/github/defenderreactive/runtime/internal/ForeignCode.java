package io.github.defenderreactive.runtime.internal;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Calls code of users and turns anything it throws or returns into a signal. Reactor's operators rethrow an
 * {@link Error} of the virtual machine, such as a {@link StackOverflowError}, instead of signalling it, and a
 * subscriber would wait indefinitely.
 */
public final class ForeignCode {

    private ForeignCode() {}

    /**
     * Returns a Mono of a value that user code computes. The code may block.
     *
     * @param <T> the type of the value
     * @param what the name of the code, for the beginning of a message
     * @param code the code
     * @return a Mono that emits the value
     */
    public static <T> Mono<T> value(String what, Callable<? extends @Nullable T> code) {
        return Mono.<T>fromCallable(() -> {
                    try {
                        T value = code.call();
                        if (value == null) {
                            throw failure(what + " returned none");
                        }
                        return value;
                    } catch (Error e) {
                        throw failed(what, e);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /**
     * Subscribes to a publisher that code returns.
     *
     * @param <T> the type of the value
     * @param what the name of the code, for the beginning of a message
     * @param code the code
     * @return the signals of that publisher
     */
    public static <T> Mono<T> signals(String what, Supplier<? extends @Nullable Mono<T>> code) {
        return new Mono<T>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                Guarded<T> guarded = new Guarded<>(what, actual);
                try {
                    Mono<T> source = code.get();
                    if (source == null) {
                        throw failure(what + " returned null instead of a Mono");
                    }
                    source.subscribe(guarded);
                } catch (Throwable e) {
                    guarded.signalThrown(e);
                }
            }
        };
    }

    /**
     * Limits the time of an operation. A timer is started only if the operation does not complete at once.
     *
     * @param <T> the type of the value
     * @param limit the time limit
     * @param work the operation
     * @param timeoutError creates the error of an operation that exceeds the limit
     * @param timers the scheduler of the timer
     * @return the signals of the operation
     */
    public static <T> Mono<T> within(
            Duration limit, Mono<T> work, Supplier<? extends Throwable> timeoutError, Scheduler timers) {
        return Mono.firstWithSignal(work, Mono.delay(limit, timers).then(Mono.error(timeoutError)));
    }

    private static AuthenticationException failure(String text) {
        return new AuthenticationException(text, ErrorContext.NONE, null);
    }

    private static Throwable wrapError(String what, Throwable thrown) {
        return thrown instanceof Error error ? failed(what, error) : thrown;
    }

    /**
     * Wraps an error of the virtual machine, which operators would rethrow instead of signalling it.
     *
     * @param what the name of the code, for the beginning of the message
     * @param error the error
     * @return an exception with the error as its cause
     */
    public static DefenderException failed(String what, Error error) {
        return new AuthenticationException(
                what + " failed with " + error.getClass().getName(), ErrorContext.NONE, error);
    }

    /** Passes signals on, and records the terminal one. */
    private static final class Guarded<T> implements CoreSubscriber<T> {

        private final String what;
        private final CoreSubscriber<? super T> actual;
        private @Nullable Subscription upstream;
        private volatile boolean ended;

        Guarded(String what, CoreSubscriber<? super T> actual) {
            this.what = what;
            this.actual = actual;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(T value) {
            actual.onNext(value);
        }

        @Override
        public void onError(Throwable error) {
            ended = true;
            actual.onError(wrapError(what, error));
        }

        @Override
        public void onComplete() {
            ended = true;
            actual.onComplete();
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        /**
         * Signals an error that the subscription has thrown. After a terminal signal it is an error of the operators
         * downstream, and is rethrown.
         */
        void signalThrown(Throwable error) {
            Subscription before = upstream;
            if (ended) {
                throw Exceptions.propagate(error);
            } else if (before == null) {
                Operators.error(actual, wrapError(what, error));
            } else {
                before.cancel();
                onError(error);
            }
        }
    }
}
