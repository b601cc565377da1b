package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.DroppedFailure;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.MemoryReserve;
import io.github.defenderreactive.runtime.internal.http.ContentDecoder;
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
 * The bytes of one response under demand: one read of the connection per unit of demand, with the content coding
 * removed. The read timeout is counted only while there is demand.
 *
 * <p>All state is confined to the event loop of the connection, to which demand and cancellation are transferred.
 *
 * <p>A body that is not read to the end closes the connection, because a connection with unread bytes cannot be reused.
 * If the rest is small, it is read in the background instead, which is cheaper than a new TLS connection.
 */
final class ResponseBodyFlux extends Flux<ByteBuffer> implements Subscription, CoreSubscriber<ByteBuf> {

    /** Maximum number of bytes that are read only to keep the connection. */
    static final int DRAIN_BYTES = 16 * 1024;

    /** Maximum time of reading only to keep the connection. */
    static final Duration DRAIN_TIME = Duration.ofSeconds(1);

    private static final long LENGTH_UNKNOWN = -1;

    /**
     * Maximum number of coded bytes per byte of content, in addition to {@link #CODED_ALLOWANCE}. A compressor that
     * flushes after each byte needs seven. Without a limit, empty members could be read indefinitely.
     */
    private static final long CODED_PER_BYTE = 8;

    private static final long CODED_ALLOWANCE = 1 << 20;

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
    private boolean readRequested;
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

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuffer> subscriber) {
        onLoop(() -> {
            if (subscribed) {
                Operators.error(subscriber, new IllegalStateException("Response body can only be read once"));
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

    /** Discards the body. Without a subscriber, Reactor Netty would keep the received bytes. */
    private void discard() {
        ended = true;
        source.subscribe(this);
        Subscription current = connection;
        if (current != null) {
            current.cancel();
        }
    }

    /** Fails immediately, even if bytes are unread, and closes the connection. */
    void fail(DefenderException error) {
        onLoop(() -> {
            if (ended) {
                abandonConnection();
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
     * Ends the exchange. Keeps the connection if the rest is small, closes it otherwise.
     *
     * @param wanted whether the reader completed, so that a rest of unknown length may be awaited
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
        timer = loop.schedule(this::abandonConnection, DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
        current.request(Long.MAX_VALUE);
    }

    private void abandonConnection() {
        Subscription current = connection;
        if (!sourceDone && current != null) {
            draining = false;
            current.cancel();
        }
    }

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
            failUnexpectedly(failure);
        }
    }

    private void arrived(ByteBuf bytes) {
        readRequested = false;
        received += bytes.readableBytes();
        if (ended) {
            if (draining && received > DRAIN_BYTES) {
                abandonConnection();
            }
            return;
        }
        if (bytes.isReadable()) {
            if (decoder == null) {
                emit(bytes.nioBuffer());
            } else {
                decoder.input(copy(bytes));
                undecoded = true;
                if (received > CODED_ALLOWANCE + CODED_PER_BYTE * emitted) {
                    fail(damaged(received + " coded bytes for " + emitted + " bytes of content", null), true);
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

    private void drain() {
        if (wip++ != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                step();
            } catch (Throwable failure) {
                failUnexpectedly(failure);
            }
            missed = wip -= missed;
        } while (missed != 0);
    }

    /**
     * Fails with an exception thrown by a decoder or a reader, including errors of the JVM, so that no subscriber waits
     * indefinitely.
     */
    private void failUnexpectedly(Throwable failure) {
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
                if (demand > 0 && !readRequested) {
                    requestRead();
                    continue;
                }
                return;
            }
        }
    }

    private void requestRead() {
        Subscription current = connection;
        if (current == null) {
            return;
        }
        readRequested = true;
        waitingSince = System.nanoTime();
        if (timer == null) {
            timer = loop.schedule(this::checkReadGap, readTimeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        current.request(1);
    }

    /**
     * Decodes one buffer ahead, so that the end of the body is known without further demand. Returns false on failure.
     */
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
                "The content coding of the response is invalid: " + how, "$", emitted, ErrorContext.NONE, cause);
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
                            "The compressed response is truncated after " + received + " bytes",
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
        if (ended || sourceDone || !readRequested) {
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

    /**
     * Returns a copy, because a decoder may hold its input while there is no demand, which would retain a pooled
     * buffer.
     */
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
