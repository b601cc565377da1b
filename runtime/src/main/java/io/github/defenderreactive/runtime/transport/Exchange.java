package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.TimeoutException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.Objects;
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
import reactor.netty.FutureMono;
import reactor.netty.NettyOutbound;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** One request and its answer: what one subscribe to {@link ReactorNettyTransport#exchange} owns. */
final class Exchange<T> {

    private final TransportRequest request;
    private final ResponseReader<T> reader;
    private final TransportOptions options;

    private volatile boolean sent;
    private volatile long progress;
    private volatile boolean answered;
    private volatile boolean ended;
    private volatile @Nullable DefenderException failure;
    private volatile @Nullable ScheduledFuture<?> responseTimer;

    /** Ends the sending of a body with the exchange. */
    private final Sinks.Empty<Void> over = Sinks.empty();

    Exchange(TransportRequest request, ResponseReader<T> reader, TransportOptions options) {
        this.request = request;
        this.reader = reader;
        this.options = options;
    }

    Flux<T> run(HttpClient client) {
        return client.request(io.netty.handler.codec.http.HttpMethod.valueOf(request.method()))
                .uri(request.uri())
                .send(this::send)
                .responseConnection(this::receive)
                .onErrorMap(error -> answered ? error : name(error))
                .doFinally(signal -> end());
    }

    private void end() {
        ended = true;
        stopResponseTimer();
        over.tryEmitEmpty();
    }

    private Publisher<Void> send(HttpClientRequest head, NettyOutbound out) {
        request.headers().forEach(head::header);
        RequestBody body = request.body();
        ByteBuffer whole = body == null ? null : body.whole();
        if (body != null && whole == null) {
            head.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(body.length()));
        }
        AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
        out.withConnection(connection -> {
            sent = true;
            channel.set(connection.channel());
            progressed();
            startResponseTimer(connection.channel(), options.responseTimeout().toNanos());
        });
        if (body == null) {
            return out;
        }
        return whole == null
                ? stream(body, out, Objects.requireNonNull(channel.get()))
                : out.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(whole)));
    }

    /**
     * The head, then piece by piece, each when the socket has taken the one before; the next is read meanwhile. Reactor
     * Netty itself would read 128 pieces ahead. A piece waits until it is known whether it is the last: once the last is
     * sent an answer may come and end the exchange, and a body must not end behind it, nor on another thread.
     */
    private Mono<Void> stream(RequestBody body, NettyOutbound out, Channel channel) {
        return out.then()
                .thenMany(body.bytes()
                        .buffer(2, 1)
                        // where it is asked, too: a body that changes threads must not be asked while it is cancelled
                        .cancelOn(Schedulers.fromExecutor(channel.eventLoop()))
                        .concatMap(pieces -> write(pieces.get(0), channel).thenReturn(pieces.size() == 1), 1))
                .filter(last -> last)
                .next()
                .takeUntilOther(over.asMono())
                // a connection on which a body is not whole must not be used again
                .then(Mono.defer(() -> ended ? Mono.<Void>error(AbortedException.beforeSend()) : Mono.empty()))
                .onErrorMap(error -> {
                    DefenderException named = name(error);
                    if (!answered) {
                        failure = named;
                    }
                    return named;
                });
    }

    private Mono<Void> write(ByteBuffer piece, Channel channel) {
        return FutureMono.deferFuture(() -> channel.writeAndFlush(Unpooled.wrappedBuffer(piece)))
                .doOnSuccess(written -> progressed())
                // what cannot be sent behind the end is no news to anybody
                .onErrorResume(error -> answered || ended || failure != null ? Mono.never() : Mono.error(error));
    }

    /** While a long body is sent, the wait for an answer begins with each piece anew. */
    private void progressed() {
        progress = System.nanoTime();
    }

    private void startResponseTimer(Channel channel, long nanos) {
        responseTimer = channel.eventLoop().schedule(() -> noAnswer(channel), nanos, TimeUnit.NANOSECONDS);
    }

    /** Closing makes Reactor Netty signal an error, for which the recorded one is signalled. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void noAnswer(Channel channel) {
        if (answered) {
            return;
        }
        long left = options.responseTimeout().toNanos() - (System.nanoTime() - progress);
        if (left > 0) {
            startResponseTimer(channel, left);
        } else {
            failure =
                    new TimeoutException(TimeoutException.Phase.RESPONSE, options.responseTimeout(), ErrorContext.NONE);
            channel.close();
        }
    }

    private void stopResponseTimer() {
        ScheduledFuture<?> timer = responseTimer;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private Publisher<T> receive(HttpClientResponse answer, Connection connection) {
        answered = true;
        stopResponseTimer();
        ResponseHead head = ResponseHead.of(answer.status().code(), answer.responseHeaders());
        ContentDecoder decoder = null;
        DefenderException refused = null;
        try {
            decoder = ContentDecoder.of(head.header("content-encoding"));
        } catch (DataFormatException e) {
            refused = new DecodeException("The answer cannot be read: " + e.getMessage(), "$", 0, ErrorContext.NONE, e);
        }
        Body body = new Body(
                connection.inbound().receive(),
                connection.channel().eventLoop(),
                options.readTimeout(),
                head.header("content-length"),
                decoder,
                this::name);
        return (refused == null ? read(head, body) : Flux.<T>error(refused))
                .doFinally(signal -> body.end(signal == SignalType.ON_COMPLETE));
    }

    private Flux<T> read(ResponseHead head, Body body) {
        try {
            return Flux.from(reader.read(head, body));
        } catch (Throwable failure) {
            return Flux.error(JvmErrorException.signal(failure, null));
        }
    }

    private DefenderException name(Throwable error) {
        DefenderException recorded = failure;
        return recorded != null ? recorded : Failures.of(error, request.uri().getRawAuthority(), options, sent);
    }
}
