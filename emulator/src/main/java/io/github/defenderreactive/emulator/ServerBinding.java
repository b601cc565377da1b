package io.github.defenderreactive.emulator;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Carries requests and answers between the server and the service logic. */
final class ServerBinding {

    private static final byte[] NOTHING = new byte[0];

    private final DefenderService service;

    ServerBinding(DefenderService service) {
        this.service = service;
    }

    Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        Channel[] channel = new Channel[1];
        response.withConnection(connection -> channel[0] = connection.channel());
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(NOTHING)
                .flatMap(body -> handle(toService(request, body), channel[0].eventLoop()))
                .flatMap(answer -> Mono.from(send(answer, response, channel[0])));
    }

    /**
     * Signing a token reads the system's random source, which may block; everything else is computed in place. An answer
     * that is ready when its caller has gone reaches nobody who could end it.
     */
    private Mono<ServiceResponse> handle(ServiceRequest request, EventLoop eventLoop) {
        return request.path().endsWith("/token")
                ? Mono.<ServiceResponse>create(sink -> sink.success(service.handle(request)))
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(Schedulers.fromExecutor(eventLoop))
                        .doOnDiscard(ServiceResponse.class, ServerBinding::abandon)
                : Mono.fromCallable(() -> service.handle(request));
    }

    private static void abandon(ServiceResponse answer) {
        answer.body().close();
        JournalEntry entry = answer.entry();
        if (entry != null) {
            entry.end(true);
        }
    }

    private static ServiceRequest toService(HttpServerRequest request, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        HttpHeaders received = request.requestHeaders();
        received.names().forEach(name -> headers.put(name, String.join(", ", received.getAll(name))));
        String host = received.get("Host");
        String root = request.scheme() + "://" + (host == null ? "localhost" : host);
        return new ServiceRequest(request.method().name().toUpperCase(Locale.ROOT), root, request.uri(), headers, body);
    }

    private static Publisher<Void> send(ServiceResponse answer, HttpServerResponse response, Channel channel) {
        Fault fault = answer.wireFault();
        JournalEntry entry = answer.entry();
        if (entry == null) {
            return Mono.error(new IllegalStateException("An answer without a journal entry"));
        }
        if (answer.status() == 0) {
            entry.end(false);
            Outflow.reset(channel);
            return Mono.never();
        }
        if (fault != null && fault.kind() == Fault.Kind.DELAY) {
            return Mono.delay(Duration.ofMillis(fault.amount()))
                    .publishOn(Schedulers.fromExecutor(channel.eventLoop()))
                    .then(Mono.from(write(answer, response, channel, entry)))
                    .doOnCancel(() -> abandon(answer));
        }
        return write(answer, response, channel, entry);
    }

    private static Publisher<Void> write(
            ServiceResponse answer, HttpServerResponse response, Channel channel, JournalEntry entry) {
        return Mono.defer(() -> {
            response.status(answer.status());
            answer.headers().forEach(response::header);
            Outflow outflow = new Outflow(channel, answer.body(), entry, answer.wireFault());
            if (channel.pipeline().get(WriteMeter.NAME) instanceof WriteMeter meter) {
                meter.follow(outflow);
            }
            return response.send(outflow, buffer -> true).then();
        });
    }
}
