package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.TimeoutException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/** One request and its answer: what one subscribe to {@link ReactorNettyTransport#exchange} owns. */
final class Exchange<T> {

    private final TransportRequest request;
    private final ResponseReader<T> reader;
    private final TransportOptions options;

    private volatile boolean sent;
    private volatile boolean answered;
    private volatile @Nullable DefenderException failure;
    private volatile @Nullable ScheduledFuture<?> responseTimer;

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
                .doFinally(signal -> stopResponseTimer());
    }

    private Publisher<Void> send(HttpClientRequest head, NettyOutbound out) {
        request.headers().forEach(head::header);
        out.withConnection(connection -> {
            sent = true;
            startResponseTimer(connection.channel());
        });
        ByteBuffer body = request.body();
        return body == null ? out : out.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.duplicate())));
    }

    private void startResponseTimer(Channel channel) {
        responseTimer = channel.eventLoop()
                .schedule(() -> noAnswer(channel), options.responseTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closing makes Reactor Netty signal an error, for which the recorded one is signalled. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void noAnswer(Channel channel) {
        if (!answered) {
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
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.responseHeaders().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        ResponseHead head = new ResponseHead(answer.status().code(), headers);
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
        } catch (RuntimeException e) {
            return Flux.error(e);
        }
    }

    private DefenderException name(Throwable error) {
        DefenderException recorded = failure;
        return recorded != null ? recorded : Failures.of(error, request.uri().getRawAuthority(), options, sent);
    }
}
