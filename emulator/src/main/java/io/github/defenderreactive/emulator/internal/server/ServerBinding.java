package io.github.defenderreactive.emulator.internal.server;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.exchange.Exchange;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Carries requests and responses between the server and the service. */
public final class ServerBinding {

    private static final byte[] NOTHING = new byte[0];

    private final Function<ServiceRequest, Exchange> service;

    public ServerBinding(Function<ServiceRequest, Exchange> service) {
        this.service = service;
    }

    public Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
        Channel[] channel = new Channel[1];
        response.withConnection(connection -> channel[0] = connection.channel());
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(NOTHING)
                .flatMap(body -> handle(toService(request, body), channel[0].eventLoop()))
                .flatMap(exchange -> Mono.from(send(exchange, response, channel[0])));
    }

    /**
     * Handles a request. Signing a token reads the random source of the system, which may block, so it runs on another
     * thread; a response that completes after its caller disconnected is discarded.
     */
    private Mono<Exchange> handle(ServiceRequest request, EventLoop eventLoop) {
        return request.path().endsWith("/token")
                ? Mono.<Exchange>create(sink -> sink.success(service.apply(request)))
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(Schedulers.fromExecutor(eventLoop))
                        .doOnDiscard(Exchange.class, ServerBinding::abandon)
                : Mono.fromCallable(() -> service.apply(request));
    }

    private static void abandon(Exchange exchange) {
        exchange.response().body().close();
        exchange.call().end(true);
    }

    private static ServiceRequest toService(HttpServerRequest request, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        HttpHeaders received = request.requestHeaders();
        received.names().forEach(name -> headers.put(name, String.join(", ", received.getAll(name))));
        String host = received.get("Host");
        String root = request.scheme() + "://" + (host == null ? "localhost" : host);
        return new ServiceRequest(request.method().name().toUpperCase(Locale.ROOT), root, request.uri(), headers, body);
    }

    private static Publisher<Void> send(Exchange exchange, HttpServerResponse response, Channel channel) {
        FaultRule fault = exchange.fault();
        if (exchange.response().status() == 0) {
            exchange.call().end(false);
            Outflow.reset(channel);
            return Mono.never();
        }
        if (fault != null && fault.kind() == FaultRule.Kind.DELAY) {
            return Mono.delay(Duration.ofMillis(fault.amount()))
                    .publishOn(Schedulers.fromExecutor(channel.eventLoop()))
                    .then(Mono.from(write(exchange, response, channel)))
                    .doOnCancel(() -> abandon(exchange));
        }
        return write(exchange, response, channel);
    }

    private static Publisher<Void> write(Exchange exchange, HttpServerResponse response, Channel channel) {
        return Mono.defer(() -> {
            ServiceResponse content = exchange.response();
            response.status(content.status());
            content.headers().forEach(response::header);
            Outflow outflow = new Outflow(channel, content.body(), exchange.call(), exchange.fault());
            if (channel.pipeline().get(WriteMeter.NAME) instanceof WriteMeter meter) {
                meter.follow(outflow);
            }
            return response.send(outflow, buffer -> true).then();
        });
    }
}
