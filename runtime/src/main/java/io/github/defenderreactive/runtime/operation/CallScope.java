package io.github.defenderreactive.runtime.operation;

import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * The calls of a client from its start to its close. Counts the calls in progress, rejects calls that start after the
 * close, and ends the calls that are still in progress when their time has expired. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallScope {

    private static final long CLOSED = 1;
    private static final long CALL = 2;

    private final @Nullable CallScope outer;

    /** {@link #CLOSED} if closed, plus {@link #CALL} for each call in progress. */
    private final AtomicLong state = new AtomicLong();

    private final Sinks.Empty<Void> idle = Sinks.empty();
    private final Sinks.Empty<Void> cut = Sinks.empty();

    private CallScope(@Nullable CallScope outer) {
        this.outer = outer;
    }

    /**
     * Returns a new, open scope.
     *
     * @return a new scope
     */
    public static CallScope open() {
        return new CallScope(null);
    }

    /**
     * Returns a scope inside this one. It is closed with this scope, or alone.
     *
     * @return a new scope
     */
    public CallScope inner() {
        return new CallScope(this);
    }

    /**
     * Adds a call to this scope.
     *
     * @param call the call
     * @param <T> the type of the items
     * @return the call; {@link ClientClosedException} if it is subscribed to after the close, or is still in progress
     *     at {@link #cut()}
     */
    public <T> Flux<T> admit(Flux<T> call) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                start(call, false, actual);
            }
        };
    }

    /**
     * Adds a call to this scope.
     *
     * @param call the call
     * @param <T> the type of the value
     * @return the call; {@link ClientClosedException} if it is subscribed to after the close, or is still in progress
     *     at {@link #cut()}
     */
    public <T> Mono<T> admit(Mono<T> call) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                start(call, true, actual);
            }
        };
    }

    private <T> void start(Publisher<T> call, boolean single, CoreSubscriber<? super T> actual) {
        if (tryRegister()) {
            new ScopedCall<T>(actual, single, cutSignal(), this::unregister).start(call);
        } else {
            Operators.error(actual, new ClientClosedException(false, ErrorContext.NONE));
        }
    }

    /** Completes when this scope, or an outer one, is cut. */
    private Mono<Void> cutSignal() {
        return outer == null ? cut.asMono() : Mono.firstWithSignal(cut.asMono(), outer.cutSignal());
    }

    /** Rejects calls from now on. Calls in progress are not affected. */
    public void close() {
        long before = state.getAndUpdate(now -> now | CLOSED);
        if (before < CALL) {
            idle.tryEmitEmpty();
        }
    }

    /**
     * Returns whether the scope rejects calls.
     *
     * @return true if {@link #close()} or {@link #cut()} was called
     */
    public boolean isClosed() {
        return (state.get() & CLOSED) != 0;
    }

    /**
     * Waits until no call is in progress.
     *
     * @return a Mono that completes when the scope is closed and its last call has ended
     */
    public Mono<Void> idle() {
        return idle.asMono();
    }

    /** Closes the scope, and ends the calls in progress with {@link ClientClosedException} on this thread. */
    public void cut() {
        close();
        cut.tryEmitEmpty();
    }

    private boolean tryRegister() {
        if (outer != null && !outer.tryRegister()) {
            return false;
        }
        for (long now = state.get(); (now & CLOSED) == 0; now = state.get()) {
            if (state.compareAndSet(now, now + CALL)) {
                return true;
            }
        }
        if (outer != null) {
            outer.unregister();
        }
        return false;
    }

    private void unregister() {
        if (state.addAndGet(-CALL) == CLOSED) {
            idle.tryEmitEmpty();
        }
        if (outer != null) {
            outer.unregister();
        }
    }
}
