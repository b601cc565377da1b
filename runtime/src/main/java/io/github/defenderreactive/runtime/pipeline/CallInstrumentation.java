package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.retry.Deadline;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

/**
 * Notifies a {@link CallListener} about one call, and logs its attempts. Does not modify publishers if there is no
 * listener.
 */
final class CallInstrumentation {

    /** An instance without a listener. */
    static final CallInstrumentation NONE = new CallInstrumentation(CallListener.NONE, false, null, () -> 0);

    private static final Logger LOG = LoggerFactory.getLogger(CallInstrumentation.class);

    private final CallListener observer;
    private final boolean itemsWanted;
    private final @Nullable AttemptLog log;
    private final LongSupplier nanos;

    private volatile int attempts;
    private volatile int status;
    private volatile @Nullable String requestId;
    private long bytes;
    private long items;

    private CallInstrumentation(
            CallListener observer, boolean itemsWanted, @Nullable AttemptLog log, LongSupplier nanos) {
        this.observer = observer;
        this.itemsWanted = itemsWanted;
        this.log = log;
        this.nanos = nanos;
    }

    /** Returns whether calls are neither reported nor logged. */
    static boolean isIdle(CallListener.Factory listener) {
        return listener == CallListener.Factory.NONE && !AttemptLog.isEnabled();
    }

    static CallInstrumentation begin(
            CallListener.Factory listener, OperationInfo operation, ContextView context, LongSupplier nanos) {
        AttemptLog log = AttemptLog.isEnabled() ? new AttemptLog(operation) : null;
        CallListener observer = CallListener.NONE;
        boolean itemsWanted = false;
        try {
            observer = listener.callStarted(operation, context);
            itemsWanted = observer.wantsItems();
        } catch (Throwable failure) {
            logFailure(failure);
        }
        return new CallInstrumentation(observer, itemsWanted, log, nanos);
    }

    /** Reports the end of a call, and the number of items emitted if it is a collection. */
    <T> Flux<T> call(Flux<T> call, Deadline deadline, boolean countsItems) {
        if (isIdle()) {
            return call;
        }
        Flux<T> counted = countsItems ? call.doOnNext(item -> items++) : call;
        Flux<T> examined = itemsWanted ? counted.doOnNext(this::decoded) : counted;
        return ending(examined, deadline, (outcome, time, failure) -> {
            CallSummary summary =
                    new CallSummary(outcome, attempts, items, time, status(failure), requestId(failure), failure);
            tell(told -> told.callEnded(summary));
        });
    }

    private <T> void decoded(T item) {
        if (item instanceof JsonEncodable decoded) {
            tell(told -> told.itemDecoded(decoded));
        }
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
            requestId = null;
            bytes = 0;
            tell(told -> told.attemptStarted(number));
            return ending(exchange, deadline, (outcome, time, failure) -> {
                AttemptSummary summary =
                        new AttemptSummary(number, outcome, status, time, bytes, requestId(failure), failure);
                tell(told -> told.attemptEnded(summary));
                AttemptLog lines = log;
                if (lines != null) {
                    lines.ended(summary);
                }
            });
        });
    }

    Flux<ByteBuffer> response(ResponseHead head, Redaction redaction, Flux<ByteBuffer> body) {
        if (isIdle()) {
            return body;
        }
        status = head.status();
        requestId = StatusMapping.requestId(head, redaction);
        tell(told -> told.responseStarted(head.status(), length(head)));
        return body.doOnNext(chunk -> {
            int count = chunk.remaining();
            bytes += count;
            tell(told -> told.bytesReceived(count));
        });
    }

    /** Returns the declared length; -1 if there is none, or it is that of the coded body. */
    private static long length(ResponseHead head) {
        String length = head.header("Content-Length");
        try {
            return length == null || head.header("Content-Encoding") != null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException invalid) {
            return -1;
        }
    }

    private boolean isIdle() {
        return observer == CallListener.NONE && log == null;
    }

    /** Returns the request id. The body of an error may contain it if the head does not. */
    private @Nullable String requestId(@Nullable Throwable failure) {
        String named = failure instanceof DefenderException known ? known.requestId() : null;
        return named == null ? requestId : named;
    }

    /**
     * Returns the status of the response. A call whose last attempt got no response may end with the error of an
     * earlier one.
     */
    private int status(@Nullable Throwable failure) {
        return status == 0 && failure instanceof DefenderException known ? known.status() : status;
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

    /** Receives the outcome of a call or an attempt. */
    private interface End {

        void told(Outcome outcome, Duration time, @Nullable Throwable failure);
    }

    private <T> Flux<T> ending(Flux<T> flux, Deadline deadline, End end) {
        return Flux.defer(() -> {
            long start = nanos.getAsLong();
            AtomicBoolean ended = new AtomicBoolean();
            BiConsumer<Outcome, @Nullable Throwable> once = (outcome, failure) -> {
                if (ended.compareAndSet(false, true)) {
                    end.told(outcome, since(start), failure);
                }
            };
            // A cancellation after the deadline is caused by the deadline.
            Function<Deadline, Outcome> onCancel =
                    left -> left.remaining().compareTo(Duration.ZERO) > 0 ? Outcome.CANCELLED : Outcome.TIMEOUT;
            return flux.doOnComplete(() -> once.accept(Outcome.SUCCESS, null))
                    .doOnError(failure -> once.accept(Outcome.of(failure), failure))
                    // Unlike doOnCancel, it runs after the inner operators were notified.
                    .doFinally(signal -> {
                        if (signal == SignalType.CANCEL) {
                            once.accept(onCancel.apply(deadline), null);
                        }
                    });
        });
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    private void tell(Consumer<CallListener> event) {
        try {
            event.accept(observer);
        } catch (Throwable failure) {
            logFailure(failure);
        }
    }

    /** Logs any failure of a listener. If it were thrown, the call would never end. */
    private static void logFailure(Throwable failure) {
        try {
            LOG.warn("A listener failed; the call continues", failure);
        } catch (Throwable unheard) {
            // Memory is exhausted, so the failure cannot be logged.
        }
    }
}
