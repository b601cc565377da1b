package io.github.defenderreactive.client;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderService;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.runtime.transport.RequestBody;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Brings requests to the service logic in memory; each way takes 50 ms. */
public final class ServiceTransport implements Transport {

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final String ROOT = "https://defender.test";
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    /** A request and its answer, times in milliseconds. */
    public record Sent(String path, long sentAt, long answeredAt, int status, long retryAfter) {}

    private final DefenderService service;
    private final Scheduler time;
    private final List<Sent> sent = new ArrayList<>();

    public ServiceTransport(DefenderService service, Scheduler time) {
        this.service = service;
        this.time = time;
    }

    public List<Sent> calls(String path) {
        return sent.stream().filter(call -> call.path().equals(path)).toList();
    }

    /** A token of the service. Its credentials follow from the seed, so a running emulator can name them. */
    static String token(DefenderService service, DefenderEmulator.Builder builder) {
        try (DefenderEmulator named = builder.start()) {
            return token(service, named.connection());
        }
    }

    /** A token of the service for the application of a connection to an emulator with the same seed. */
    public static String token(DefenderService service, ServiceConnection named) {
        String form = "grant_type=client_credentials&client_id=" + named.clientId() + "&client_secret="
                + URLEncoder.encode(named.clientSecret(), StandardCharsets.UTF_8) + "&scope="
                + URLEncoder.encode(DefenderEnvironment.WORLDWIDE.scope(Api.DEFENDER_ENDPOINT), StandardCharsets.UTF_8);
        ServiceResponse answer = service.handle(new ServiceRequest(
                "POST",
                ROOT,
                "/" + named.tenantId() + "/oauth2/v2.0/token",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8)));
        Matcher matcher = ACCESS_TOKEN.matcher(new String(bytes(answer), StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new IllegalStateException("No token: HTTP " + answer.status());
        }
        return matcher.group(1);
    }

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
        return Flux.defer(() -> {
            long sentAt = time.now(TimeUnit.MILLISECONDS);
            return Mono.delay(LATENCY, time)
                    .then(body(request.body()))
                    .map(body -> service.handle(
                            new ServiceRequest(request.method(), ROOT, target(request), request.headers(), body)))
                    .delayElement(LATENCY, time)
                    .flatMapMany(answer -> {
                        String wait = answer.headers().getOrDefault("Retry-After", "0");
                        sent.add(new Sent(
                                request.uri().getPath(),
                                sentAt,
                                time.now(TimeUnit.MILLISECONDS),
                                answer.status(),
                                Long.parseLong(wait)));
                        return reader.read(
                                new ResponseHead(answer.status(), answer.headers()),
                                Flux.just(ByteBuffer.wrap(bytes(answer))));
                    });
        });
    }

    private static Mono<byte[]> body(RequestBody body) {
        if (body == null) {
            return Mono.just(new byte[0]);
        }
        return body.bytes()
                .collect(ByteArrayOutputStream::new, (out, piece) -> {
                    byte[] copy = new byte[piece.remaining()];
                    piece.get(copy);
                    out.writeBytes(copy);
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    private static String target(TransportRequest request) {
        String query = request.uri().getRawQuery();
        return request.uri().getRawPath() + (query == null ? "" : "?" + query);
    }

    private static byte[] bytes(ServiceResponse answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece;
        while ((piece = answer.body().next()) != null) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
