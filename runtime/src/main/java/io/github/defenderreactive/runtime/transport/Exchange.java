package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ClientClosedException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.internal.http.ContentDecoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.FutureMono;
import reactor.netty.NettyOutbound;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** One request and its response, created by one subscribe to {@link ReactorNettyTransport#exchange}. */
final class Exchange<T> {

    /** Statuses that mean that the connection timed out or leads to the wrong server. */
    private static final Set<Integer> CONNECTION_REFUSED = Set.of(408, 421);

    private final TransportRequest request;
    private final ResponseReader<T> reader;
    private final Runnable sending;
    private final TransportOptions options;
    private final boolean decodes;

    private volatile boolean requestSent;
    private volatile long progress;
    private volatile boolean responseReceived;
    private volatile boolean ended;
    private volatile boolean aborted;
    private volatile @Nullable Channel channel;
    private volatile @Nullable ResponseBodyFlux body;
    private volatile @Nullable DefenderException failure;
    private volatile @Nullable ScheduledFuture<?> responseTimer;

    /** Ends the exchange with an error while Reactor Netty still waits for the response. */
    private final Sinks.Empty<Void> failed = Sinks.empty();

    /** Ends the sending of a body with the exchange. */
    private final Sinks.Empty<Void> finished = Sinks.empty();

    Exchange(TransportRequest request, ResponseReader<T> reader, Runnable sending, TransportOptions options) {
        this.request = request;
        this.reader = reader;
        this.sending = sending;
        this.options = options;
        // a caller that sets Accept-Encoding gets the body undecoded
        this.decodes =
                request.headers().keySet().stream().noneMatch(HttpHeaderNames.ACCEPT_ENCODING::contentEqualsIgnoreCase);
    }

    Flux<T> run(HttpClient client) {
        return client.request(io.netty.handler.codec.http.HttpMethod.valueOf(request.method()))
                .uri(RequestTarget.without(request.uri()))
                .send(this::send)
                .responseConnection(this::receive)
                .contextWrite(context -> context.put(Exchange.class, this))
                .takeUntilOther(failed.asMono())
                .onErrorMap(error -> responseReceived ? error : name(error))
                .doFinally(signal -> end());
    }

    /** Returns the exchange for which a connection is being established; null if there is none. */
    static @Nullable Exchange<?> waitingFor(Channel connecting) {
        return Connection.from(connecting) instanceof ConnectionObserver owner
                ? owner.currentContext().getOrDefault(Exchange.class, null)
                : null;
    }

    private void end() {
        ended = true;
        stopResponseTimer();
        finished.tryEmitEmpty();
    }

    private Publisher<Void> send(HttpClientRequest head, NettyOutbound out) {
        request.headers().forEach(head::header);
        RequestBody content = request.body();
        if (content != null && content.inMemory() == null) {
            head.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(content.length()));
        }
        AtomicReference<@Nullable Channel> connected = new AtomicReference<>();
        out.withConnection(connection -> connected.set(connection.channel()));
        Channel open = Objects.requireNonNull(connected.get());
        channel = open;
        if (aborted) {
            return Mono.error(AbortedException.beforeSend());
        }
        open.pipeline().get(ExchangeCodec.class).open(this, RequestTarget.of(request.uri()));
        return readPending(open).then(Mono.defer(() -> transmit(content, out, open)));
    }

    /**
     * Reads once before the request is sent, because bytes received by then cannot be the response. Otherwise such
     * bytes would be taken for the response later.
     */
    private static Mono<Void> readPending(Channel channel) {
        return FutureMono.deferFuture(() -> {
            channel.read();
            // a task without a delay would run before the socket is read
            return channel.eventLoop().<Void>schedule(() -> null, 0, TimeUnit.NANOSECONDS);
        });
    }

    private Mono<Void> transmit(@Nullable RequestBody content, NettyOutbound out, Channel open) {
        if (failure != null || !open.isActive()) {
            return Mono.error(AbortedException.beforeSend());
        }
        requestSent = true;
        sending.run();
        markProgress();
        startResponseTimer(open, options.responseTimeout().toNanos());
        if (content == null) {
            // Reactor Netty sends the head at the end
            return Mono.empty();
        }
        ByteBuffer inMemory = content.inMemory();
        return inMemory == null
                ? stream(content, out, open)
                : out.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(inMemory)))
                        .then();
    }

    /**
     * Sends the head, then each buffer after the previous one was written to the socket, while the next one is read.
     * Reactor Netty itself would read 128 buffers ahead. A buffer is held until it is known whether it is the last one:
     * once the last one was sent, a response may arrive and end the exchange, and the body must not complete after that
     * or on another thread.
     */
    private Mono<Void> stream(RequestBody content, NettyOutbound out, Channel channel) {
        return out.then()
                .thenMany(content.bytes()
                        .buffer(2, 1)
                        // on the thread of the requests: a body that changes threads must not be requested and
                        // cancelled concurrently
                        .cancelOn(Schedulers.fromExecutor(channel.eventLoop()))
                        .concatMap(pieces -> write(pieces.get(0), channel).thenReturn(pieces.size() == 1), 1))
                .filter(last -> last)
                .next()
                .onErrorResume(error -> {
                    if (!responseReceived) {
                        fail(name(error));
                    }
                    return Mono.never();
                })
                .takeUntilOther(finished.asMono())
                // a connection with an incomplete request body must not be reused
                .then(Mono.defer(() -> ended ? Mono.<Void>error(AbortedException.beforeSend()) : Mono.empty()));
    }

    private Mono<Void> write(ByteBuffer piece, Channel channel) {
        return Mono.create(sink -> {
            // added before the write, so that its result is known on the event loop as soon as the socket has accepted
            // it
            ChannelPromise written = channel.newPromise();
            written.addListener(result -> {
                if (result.isSuccess()) {
                    markProgress();
                    sink.success();
                } else if (!(responseReceived || ended || failure != null)) {
                    // a failed write after the end is irrelevant
                    sink.error(result.cause());
                }
            });
            channel.writeAndFlush(Unpooled.wrappedBuffer(piece), written);
        });
    }

    /** Restarts the response timeout, which is counted from the last buffer sent. */
    private void markProgress() {
        progress = System.nanoTime();
    }

    private void startResponseTimer(Channel channel, long nanos) {
        responseTimer = channel.eventLoop().schedule(() -> onResponseTimeout(channel), nanos, TimeUnit.NANOSECONDS);
    }

    private void onResponseTimeout(Channel channel) {
        if (responseReceived) {
            return;
        }
        long left = options.responseTimeout().toNanos() - (System.nanoTime() - progress);
        if (left > 0) {
            startResponseTimer(channel, left);
        } else {
            fail(new CallTimeoutException(
                    CallTimeoutException.Phase.RESPONSE, options.responseTimeout(), ErrorContext.NONE));
        }
    }

    /** Handles the failure of the connection. Returns false if Reactor Netty notifies the reader of the response. */
    boolean connectionLost(Throwable cause) {
        if (responseReceived) {
            return false;
        }
        if (!ended) {
            fail(name(cause));
        }
        return true;
    }

    /** Handles bytes that may not be the response to this request. The connection is closed. */
    void responseInDoubt(String doubt) {
        fail(TransportErrors.inDoubt(doubt, request.uri().getRawAuthority(), requestSent));
    }

    /**
     * Ends the exchange because the client is closed. May be called on any thread.
     *
     * @return completes after the subscriber was notified
     */
    Mono<Void> abort() {
        aborted = true;
        Channel open = channel;
        if (open == null) {
            fail(new ClientClosedException(false, ErrorContext.NONE));
            return Mono.empty();
        }
        return FutureMono.from(open.eventLoop().<Void>submit(() -> {
            fail(new ClientClosedException(requestSent, ErrorContext.NONE));
            return null;
        }));
    }

    /** Fails the exchange at any time and closes the connection. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void fail(DefenderException error) {
        if (failure == null) {
            failure = error;
        }
        ResponseBodyFlux read = body;
        Channel open = channel;
        if (read == null) {
            failed.tryEmitError(name(error));
        } else {
            read.fail(error);
        }
        if (open != null) {
            open.close();
        }
    }

    private void stopResponseTimer() {
        ScheduledFuture<?> timer = responseTimer;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private Publisher<T> receive(HttpClientResponse response, Connection connection) {
        responseReceived = true;
        stopResponseTimer();
        ResponseHead head = ResponseHead.of(response.status().code(), response.responseHeaders());
        if (CONNECTION_REFUSED.contains(head.status())) {
            // Another attempt must not use the same connection.
            connection.markPersistent(false);
        }
        ContentDecoder decoder = null;
        DefenderException refused = null;
        try {
            decoder = decodes ? ContentDecoder.of(head.header("content-encoding")) : null;
        } catch (DataFormatException e) {
            Redaction redaction = Redaction.of(request);
            refused = new DecodeException(
                    "The response could not be decoded: " + redaction.words(e.getMessage()),
                    "$",
                    0,
                    ErrorContext.NONE,
                    redaction.cause(e));
        }
        ResponseBodyFlux bytes = new ResponseBodyFlux(
                connection.inbound().receive(),
                connection.channel().eventLoop(),
                options.readTimeout(),
                head.header("content-length"),
                decoder,
                this::name);
        body = bytes;
        return (refused == null ? read(head, bytes) : Flux.<T>error(refused))
                .doFinally(signal -> bytes.end(signal == SignalType.ON_COMPLETE));
    }

    private Flux<T> read(ResponseHead head, ResponseBodyFlux body) {
        try {
            return Flux.from(reader.read(head, body));
        } catch (Throwable failure) {
            return Flux.error(JvmErrorException.signal(failure, null));
        }
    }

    private DefenderException name(Throwable error) {
        DefenderException recorded = failure;
        return recorded != null ? recorded : TransportErrors.of(error, request, options, requestSent);
    }
}
