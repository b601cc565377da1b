package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallObserver;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.retry.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

/** Tells an observer of one call. Leaves every publisher as it is when nobody listens. */
final class CallWatch {

    /** Watches nothing. */
    static final CallWatch NONE = new CallWatch(CallObserver.NONE, () -> 0);

    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);

    private final CallObserver observer;
    private final LongSupplier nanos;

    private volatile int attempts;
    private volatile int status;
    private long bytes;
    private long items;

    private CallWatch(CallObserver observer, LongSupplier nanos) {
        this.observer = observer;
        this.nanos = nanos;
    }

    static CallWatch begin(CallListener listener, OperationInfo operation, ContextView context, LongSupplier nanos) {
        try {
            return new CallWatch(listener.callStarted(operation, context), nanos);
        } catch (Throwable failure) {
            complain(failure);
            return NONE;
        }
    }

    <T> Flux<T> call(Flux<T> call, Deadline deadline) {
        if (isIdle()) {
            return call;
        }
        return ending(call.doOnNext(item -> items++), deadline, (outcome, time) -> {
            int sent = attempts;
            long emitted = items;
            tell(told -> told.callEnded(new CallSummary(outcome, sent, emitted, time)));
        });
    }

    Mono<Void> permit(Mono<Void> permit, IntSupplier waiting) {
        return timed(
                permit,
                () -> tell(told -> told.permitRequested(waiting.getAsInt())),
                waited -> tell(told -> told.permitGranted(waited)));
    }

    <T> Mono<T> token(Mono<T> token) {
        return timed(token, () -> {}, waited -> tell(told -> told.tokenReady(waited)));
    }

    <T> Flux<T> attempt(int number, Flux<T> exchange, Deadline deadline) {
        if (isIdle()) {
            return exchange;
        }
        return Flux.defer(() -> {
            attempts = number;
            status = 0;
            bytes = 0;
            tell(told -> told.attemptStarted(number));
            return ending(exchange, deadline, (outcome, time) -> {
                AttemptSummary summary = new AttemptSummary(number, outcome, status, time, bytes);
                tell(told -> told.attemptEnded(summary));
            });
        });
    }

    Flux<ByteBuffer> answer(int answered, Flux<ByteBuffer> body) {
        if (isIdle()) {
            return body;
        }
        status = answered;
        return body.doOnNext(chunk -> bytes += chunk.remaining());
    }

    private boolean isIdle() {
        return observer == CallObserver.NONE;
    }

    private <T> Mono<T> timed(Mono<T> mono, Runnable begin, Consumer<Duration> done) {
        if (isIdle()) {
            return mono;
        }
        return Mono.defer(() -> {
            begin.run();
            long start = nanos.getAsLong();
            return mono.doOnSuccess(value -> done.accept(since(start)));
        });
    }

    private <T> Flux<T> ending(Flux<T> flux, Deadline deadline, BiConsumer<Outcome, Duration> end) {
        return Flux.defer(() -> {
            long start = nanos.getAsLong();
            AtomicBoolean ended = new AtomicBoolean();
            Consumer<Outcome> once = outcome -> {
                if (ended.compareAndSet(false, true)) {
                    end.accept(outcome, since(start));
                }
            };
            // Who cancels when time is up does so because of it.
            Function<Deadline, Outcome> onCancel =
                    left -> left.remaining().compareTo(Duration.ZERO) > 0 ? Outcome.CANCELLED : Outcome.TIMEOUT;
            return flux.doOnComplete(() -> once.accept(Outcome.SUCCESS))
                    .doOnError(failure -> once.accept(Outcome.of(failure)))
                    // Unlike doOnCancel it runs when those within have been told.
                    .doFinally(signal -> {
                        if (signal == SignalType.CANCEL) {
                            once.accept(onCancel.apply(deadline));
                        }
                    });
        });
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    private void tell(Consumer<CallObserver> event) {
        try {
            event.accept(observer);
        } catch (Throwable failure) {
            complain(failure);
        }
    }

    private static void complain(Throwable failure) {
        Exceptions.throwIfJvmFatal(failure);
        LOG.warn("A listener failed; the call goes on", failure);
    }
}
