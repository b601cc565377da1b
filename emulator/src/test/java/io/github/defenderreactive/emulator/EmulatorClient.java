package io.github.defenderreactive.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.testing.SecretGuard;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A caller of the emulator that knows nothing of this project's client. */
public final class EmulatorClient implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (java.io.IOException e) {
                throw new AssertionError("Not JSON: " + text(), e);
            }
        }
    }

    private final DefenderEmulator emulator;
    private final ConnectionProvider connections;
    private final HttpClient http;
    private String token = "";

    public EmulatorClient(DefenderEmulator emulator) {
        this.emulator = emulator;
        SecretGuard.keep(emulator.clientSecret());
        this.connections = ConnectionProvider.create("emulator-test", 16);
        HttpClient plain = HttpClient.create(connections).disableRetry(true);
        this.http =
                emulator.baseUrl().getScheme().equals("http") ? plain : plain.secure(spec -> spec.sslContext(tls()));
    }

    private SslContext tls() {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(emulator.certificate())
                    .build();
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
    }

    public HttpClient http() {
        return http;
    }

    public EmulatorClient signIn() {
        token = tokenAnswer("scope", ServedApi.DEFENDER_ENDPOINT.audience() + "/.default")
                .json()
                .get("access_token")
                .asText();
        return this;
    }

    public EmulatorClient useToken(String other) {
        token = other;
        return this;
    }

    public String token() {
        return token;
    }

    /** A token request with the right values, but for the pairs given. */
    public Answer tokenAnswer(String... overrides) {
        Map<String, String> form = new java.util.LinkedHashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                emulator.clientId(),
                "client_secret",
                emulator.clientSecret(),
                "scope",
                ServedApi.DEFENDER_ENDPOINT.audience() + "/.default"));
        String tenant = emulator.tenantId();
        for (int i = 0; i < overrides.length; i += 2) {
            if (overrides[i].equals("tenant")) {
                tenant = overrides[i + 1];
            } else if (overrides[i + 1].isEmpty()) {
                form.remove(overrides[i]);
            } else {
                form.put(overrides[i], overrides[i + 1]);
            }
        }
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send(
                HttpMethod.POST,
                "/" + tenant + "/oauth2/v2.0/token",
                body.toString(),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    public Answer get(String target) {
        return send(HttpMethod.GET, target, "", bearer());
    }

    public Answer get(String target, Map<String, String> headers) {
        Map<String, String> all = new java.util.LinkedHashMap<>(bearer());
        all.putAll(headers);
        return send(HttpMethod.GET, target, "", all);
    }

    public Answer post(String target, String body) {
        return send(HttpMethod.POST, target, body, bearer());
    }

    public Answer patch(String target, String body) {
        return send(HttpMethod.PATCH, target, body, bearer());
    }

    public Map<String, String> bearer() {
        return Map.of("Authorization", "Bearer " + token);
    }

    public Answer send(HttpMethod method, String target, String body, Map<String, String> headers) {
        return exchange(method, target, body, headers).block(PATIENCE);
    }

    public Mono<Answer> exchange(HttpMethod method, String target, String body, Map<String, String> headers) {
        return http.headers(all -> headers.forEach(all::set))
                .request(method)
                .uri(uri(target))
                .send(body.isEmpty() ? ByteBufFlux.fromString(Mono.empty()) : ByteBufFlux.fromString(Mono.just(body)))
                .responseSingle((response, content) -> {
                    Map<String, String> received = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    response.responseHeaders().forEach(entry -> received.put(entry.getKey(), entry.getValue()));
                    return content.asByteArray()
                            .defaultIfEmpty(new byte[0])
                            .map(bytes -> new Answer(response.status().code(), received, bytes));
                });
    }

    public URI uri(String target) {
        return target.startsWith("http")
                ? URI.create(target)
                : emulator.baseUrl().resolve(target);
    }

    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        connections.disposeLater().block(PATIENCE);
    }
}
