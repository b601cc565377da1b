package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.DroppedFailure;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.MemoryReserve;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The bytes of one answer under demand: one read of the connection per unit, content coding removed, the read gap counted
 * only while a reader waits.
 *
 * <p>All state belongs to the connection's event loop; demand and cancel from elsewhere are carried there.
 *
 * <p>A body left before its end closes the connection, because a connection with unread bytes cannot be used again. When
 * the rest is small it is read instead, in the background: cheaper than a new TLS connection.
 */
final class ResponseBodyFlux extends Flux<ByteBuffer> implements Subscription, CoreSubscriber<ByteBuf> {

    /** Most bytes read only to keep the connection. */
    static final int DRAIN_BYTES = 16 * 1024;

    /** Longest time spent on that. */
    static final Duration DRAIN_TIME = Duration.ofSeconds(1);

    private static final long LENGTH_UNKNOWN = -1;

    /**
     * How many coded bytes may come for one byte of content, and how many more in all. A compressor that flushes after
     * each byte needs seven; without a bound, members that hold nothing could be read forever.
     */
    private static final long CODED_PER_BYTE = 8;

    private static final long CODED_BESIDES = 1 << 20;

    private final Flux<ByteBuf> source;
    private final EventExecutor loop;
    private final Duration readTimeout;
    private final long contentLength;
    private final @Nullable ContentDecoder decoder;
    private final Function<Throwable, DefenderException> mapping;

    private volatile boolean ended;

    private @Nullable CoreSubscriber<? super ByteBuffer> reader;
    private @Nullable Subscription connection;
    private byte[] coded = {};
    private @Nullable ByteBuffer ready;
    private @Nullable ScheduledFuture<?> timer;
    private boolean subscribed;
    private boolean asked;
    private boolean undecoded;
    private boolean sourceDone;
    private @Nullable Throwable sourceError;
    private @Nullable DefenderException failure;
    private boolean draining;
    private int wip;
    private long demand;
    private long received;
    private long emitted;
    private long waitingSince;

    ResponseBodyFlux(
            Flux<ByteBuf> source,
            EventExecutor loop,
            Duration readTimeout,
            @Nullable String contentLength,
            @Nullable ContentDecoder decoder,
            Function<Throwable, DefenderException> mapping) {
        this.source = source;
        this.loop = loop;
        this.readTimeout = readTimeout;
        this.contentLength = length(contentLength);
        this.decoder = decoder;
        this.mapping = mapping;
        MemoryReserve.refill();
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? LENGTH_UNKNOWN : Long.parseLong(header.trim());
        } catch (NumberFormatException e) {
            return LENGTH_UNKNOWN;
        }
    }

    // ---- the reader's side -------------------------------------------------------------------------------------

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuffer> subscriber) {
        onLoop(() -> {
            if (subscribed) {
                Operators.error(subscriber, new IllegalStateException("A body can be read once"));
                return;
            }
            subscribed = true;
            DefenderException failed = failure;
            if (failed == null) {
                reader = subscriber;
                source.subscribe(this);
            } else {
                discard();
                Operators.error(subscriber, failed);
            }
        });
    }

    /** Without a subscriber, Reactor Netty would keep what came. */
    private void discard() {
        ended = true;
        source.subscribe(this);
        Subscription current = connection;
        if (current != null) {
            current.cancel();
        }
    }

    /** Fails with this error at once, whatever waits to be read, and closes the connection. */
    void fail(DefenderException error) {
        onLoop(() -> {
            if (ended) {
                giveUp();
            } else if (subscribed) {
                fail(error, true);
            } else {
                failure = error;
            }
        });
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            onLoop(() -> {
                demand = Operators.addCap(demand, n);
                drain();
            });
        }
    }

    @Override
    public void cancel() {
        end(false);
    }

    /**
     * The exchange is over: keeps the connection when the rest is small, closes it otherwise.
     *
     * @param wanted whether the reader ended by itself, so that a few more bytes of unknown number may be waited for
     */
    void end(boolean wanted) {
        if (!ended) {
            onLoop(() -> leave(wanted));
        }
    }

    private void leave(boolean wanted) {
        if (ended) {
            return;
        }
        ended = true;
        reader = null;
        release();
        if (!subscribed) {
            subscribed = true;
            source.subscribe(this);
        }
        Subscription current = connection;
        if (sourceDone || current == null) {
            return;
        }
        long rest = contentLength == LENGTH_UNKNOWN ? (wanted ? 0 : Long.MAX_VALUE) : contentLength - received;
        if (rest > DRAIN_BYTES) {
            current.cancel();
            return;
        }
        draining = true;
        received = 0;
        timer = loop.schedule(this::giveUp, DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
        current.request(Long.MAX_VALUE);
    }

    private void giveUp() {
        Subscription current = connection;
        if (!sourceDone && current != null) {
            draining = false;
            current.cancel();
        }
    }

    // ---- the connection's side ---------------------------------------------------------------------------------

    @Override
    public void onSubscribe(Subscription subscription) {
        connection = subscription;
        CoreSubscriber<? super ByteBuffer> current = reader;
        if (current != null) {
            current.onSubscribe(this);
        }
    }

    @Override
    public void onNext(ByteBuf bytes) {
        try {
            arrived(bytes);
        } catch (Throwable failure) {
            collapse(failure);
        }
    }

    private void arrived(ByteBuf bytes) {
        asked = false;
        received += bytes.readableBytes();
        if (ended) {
            if (draining && received > DRAIN_BYTES) {
                giveUp();
            }
            return;
        }
        if (bytes.isReadable()) {
            if (decoder == null) {
                emit(bytes.nioBuffer());
            } else {
                decoder.input(copy(bytes));
                undecoded = true;
                if (received > CODED_BESIDES + CODED_PER_BYTE * emitted) {
                    fail(damaged("there are " + received + " coded bytes for " + emitted + " of content", null), true);
                    return;
                }
            }
        }
        drain();
    }

    @Override
    public void onError(Throwable error) {
        sourceError = error;
        onComplete();
    }

    @Override
    public void onComplete() {
        sourceDone = true;
        if (ended) {
            stopTimer();
        } else {
            drain();
        }
    }

    // ---- between them ------------------------------------------------------------------------------------------

    private void drain() {
        if (wip++ != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                step();
            } catch (Throwable failure) {
                collapse(failure);
            }
            missed = wip -= missed;
        } while (missed != 0);
    }

    /** What a decoder or a reader throws, an error of the JVM included, must leave nobody waiting. */
    private void collapse(Throwable failure) {
        if (ended) {
            DroppedFailure.report(failure, Context.empty());
        } else {
            fail(JvmErrorException.signal(failure, null), true);
        }
    }

    private void step() {
        while (!ended) {
            if (ready == null && undecoded && !decode()) {
                return;
            }
            ByteBuffer next = ready;
            if (next != null) {
                if (demand == 0) {
                    return;
                }
                ready = null;
                emit(next);
            } else if (sourceDone) {
                finish();
                return;
            } else {
                if (demand > 0 && !asked) {
                    ask();
                    continue;
                }
                return;
            }
        }
    }

    private void ask() {
        Subscription current = connection;
        if (current == null) {
            return;
        }
        asked = true;
        waitingSince = System.nanoTime();
        if (timer == null) {
            timer = loop.schedule(this::checkReadGap, readTimeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        current.request(1);
    }

    /** Decodes one buffer ahead, so that the end of the body is known without further demand. False when it failed. */
    private boolean decode() {
        ContentDecoder current = decoder;
        if (current == null) {
            return true;
        }
        try {
            ready = current.next();
            undecoded = ready != null;
            return true;
        } catch (DataFormatException e) {
            fail(damaged(e.getMessage(), e), true);
            return false;
        }
    }

    private DecodeException damaged(@Nullable String how, @Nullable Throwable cause) {
        return new DecodeException(
                "The content coding of the answer is damaged: " + how, "$", emitted, ErrorContext.NONE, cause);
    }

    private void emit(ByteBuffer bytes) {
        CoreSubscriber<? super ByteBuffer> current = reader;
        if (current != null) {
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            emitted += bytes.remaining();
            current.onNext(bytes);
        }
    }

    private void finish() {
        Throwable error = sourceError;
        if (error != null) {
            fail(mapping.apply(error), false);
        } else if (decoder != null && !decoder.complete()) {
            fail(
                    new ConnectionException(
                            "The compressed answer ends too early, after " + received + " bytes",
                            true,
                            ErrorContext.NONE,
                            null),
                    false);
        } else {
            CoreSubscriber<? super ByteBuffer> current = reader;
            over();
            if (current != null) {
                current.onComplete();
            }
        }
    }

    private void checkReadGap() {
        timer = null;
        if (ended || sourceDone || !asked) {
            return;
        }
        long left = readTimeout.toNanos() - (System.nanoTime() - waitingSince);
        if (left <= 0) {
            fail(new CallTimeoutException(CallTimeoutException.Phase.READ, readTimeout, ErrorContext.NONE), true);
        } else {
            timer = loop.schedule(this::checkReadGap, left, TimeUnit.NANOSECONDS);
        }
    }

    private void fail(Throwable error, boolean close) {
        CoreSubscriber<? super ByteBuffer> current = reader;
        Subscription broken = connection;
        try {
            over();
            if (close && broken != null && !sourceDone) {
                broken.cancel();
            }
        } catch (Throwable another) {
            DroppedFailure.report(another, Context.empty());
        }
        if (current != null) {
            current.onError(error);
        }
    }

    private void over() {
        ended = true;
        reader = null;
        release();
    }

    private void release() {
        stopTimer();
        ready = null;
        if (decoder != null) {
            decoder.close();
        }
    }

    /** Copied, because a decoder may sit on its input for as long as nobody demands, and a pooled buffer must not. */
    private ByteBuffer copy(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (coded.length < length) {
            coded = new byte[length];
        }
        bytes.readBytes(coded, 0, length);
        return ByteBuffer.wrap(coded, 0, length);
    }

    private void stopTimer() {
        ScheduledFuture<?> current = timer;
        if (current != null) {
            timer = null;
            current.cancel(false);
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
