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
 * The calls of a client from its start to its close: counts those in progress, refuses those that begin after the close, and
 * ends those that are still in progress when their time is up. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallScope {

    private static final long CLOSED = 1;
    private static final long CALL = 2;

    private final @Nullable CallScope outer;

    /** {@link #CLOSED} or not, and {@link #CALL} for each call in progress. */
    private final AtomicLong state = new AtomicLong();

    private final Sinks.Empty<Void> idle = Sinks.empty();
    private final Sinks.Empty<Void> cut = Sinks.empty();

    private CallScope(@Nullable CallScope outer) {
        this.outer = outer;
    }

    /**
     * Returns a scope that is open.
     *
     * @return a new scope
     */
    public static CallScope open() {
        return new CallScope(null);
    }

    /**
     * Returns a scope inside this one, which is closed with it or alone.
     *
     * @return a new scope
     */
    public CallScope inner() {
        return new CallScope(this);
    }

    /**
     * Makes a call part of this scope.
     *
     * @param call the call
     * @param <T> what it emits
     * @return the call; {@link ClientClosedException} when it is subscribed to after the close, or is still in progress at
     *     {@link #cut()}
     */
    public <T> Flux<T> admit(Flux<T> call) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                begin(call, false, actual);
            }
        };
    }

    /**
     * Makes a call part of this scope.
     *
     * @param call the call
     * @param <T> what it emits
     * @return the call; {@link ClientClosedException} when it is subscribed to after the close, or is still in progress at
     *     {@link #cut()}
     */
    public <T> Mono<T> admit(Mono<T> call) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                begin(call, true, actual);
            }
        };
    }

    private <T> void begin(Publisher<T> call, boolean single, CoreSubscriber<? super T> actual) {
        if (enter()) {
            new ScopedCall<T>(actual, single, cutAnywhere(), this::leave).begin(call);
        } else {
            Operators.error(actual, new ClientClosedException(false, ErrorContext.NONE));
        }
    }

    /** Completes when this scope, or one around it, is cut. */
    private Mono<Void> cutAnywhere() {
        return outer == null ? cut.asMono() : Mono.firstWithSignal(cut.asMono(), outer.cutAnywhere());
    }

    /** Refuses calls from now on. Those in progress are not touched. */
    public void close() {
        long before = state.getAndUpdate(now -> now | CLOSED);
        if (before < CALL) {
            idle.tryEmitEmpty();
        }
    }

    /**
     * Returns whether it refuses calls.
     *
     * @return whether {@link #close()} or {@link #cut()} was called
     */
    public boolean isClosed() {
        return (state.get() & CLOSED) != 0;
    }

    /**
     * Waits until no call is in progress any more.
     *
     * @return completes when the scope is closed and its last call has ended
     */
    public Mono<Void> idle() {
        return idle.asMono();
    }

    /** Closes, and ends the calls that are still in progress with {@link ClientClosedException}, on this thread. */
    public void cut() {
        close();
        cut.tryEmitEmpty();
    }

    private boolean enter() {
        if (outer != null && !outer.enter()) {
            return false;
        }
        for (long now = state.get(); (now & CLOSED) == 0; now = state.get()) {
            if (state.compareAndSet(now, now + CALL)) {
                return true;
            }
        }
        if (outer != null) {
            outer.leave();
        }
        return false;
    }

    private void leave() {
        if (state.addAndGet(-CALL) == CLOSED) {
            idle.tryEmitEmpty();
        }
        if (outer != null) {
            outer.leave();
        }
    }
}
