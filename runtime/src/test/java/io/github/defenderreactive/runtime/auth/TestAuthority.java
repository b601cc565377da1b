package io.github.defenderreactive.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A token endpoint that says what a test wants it to say. */
public final class TestAuthority implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(20);
    public static final String TENANT = "6f2b1c0e-58d3-4a0c-9b7d-1e1f6a0f4c11";
    public static final String CLIENT = "0d9c7a44-3f1b-4c5e-8a67-2b90d1e3f5a8";
    public static final String RESOURCE = "https://api.securitycenter.microsoft.com";
    public static final String SCOPE = RESOURCE + "/.default";
    public static final TokenRequest REQUEST = TokenRequest.of(SCOPE);
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    public final FaultServer server;
    public final ReactorNettyTransport transport = ReactorNettyTransport.create();

    public TestAuthority() {
        server = FaultServer.start();
        server.answer(tokens("access-token-of-the-test"));
    }

    /** What every credential needs. */
    public <B extends OAuthCredentialBuilder<B>> B at(B builder) {
        return builder.tenantId(TENANT)
                .clientId(CLIENT)
                .authority(server.uri("/"))
                .transport(transport)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public URI endpoint() {
        return server.uri("/" + TENANT + "/oauth2/v2.0/token");
    }

    /** The form of the request with this number. */
    public Map<String, String> form(int number) {
        return parameters(server.requests().get(number).body());
    }

    public static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    public static Answer tokens(String access) {
        return Answer.json("{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + access + "\"}");
    }

    public static Answer tokens(String access, String refresh) {
        return Answer.json("{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + access
                + "\",\"refresh_token\":\"" + refresh + "\"}");
    }

    public static Answer refusal(String error, int number) {
        return refusal(error, number, "");
    }

    public static Answer refusal(String error, int number, String more) {
        return Answer.status(400)
                .header("Content-Type", "application/json")
                .body("{\"error\":\"" + error + "\",\"error_description\":\"AADSTS" + number
                        + ": Something.\\r\\nTrace ID: 11\",\"error_codes\":[" + number + "],\"trace_id\":\"trace-1\""
                        + more + "}");
    }

    public static AccessToken token(Mono<AccessToken> source) {
        AtomicReference<AccessToken> seen = new AtomicReference<>();
        StepVerifier.create(source).consumeNextWith(seen::set).expectComplete().verify(PATIENCE);
        return seen.get();
    }

    /** The error, in whose whole chain no secret may show. */
    public static <E extends Throwable> E failure(Class<E> type, Mono<?> source, String... secrets) {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        StepVerifier.create(source).expectErrorSatisfies(seen::set).verify(PATIENCE);
        assertThat(seen.get()).isInstanceOf(type);
        for (Throwable at = seen.get(); at != null; at = at.getCause()) {
            for (String secret : secrets) {
                assertThat(at.toString()).doesNotContain(secret);
            }
        }
        return type.cast(seen.get());
    }

    @Override
    public void close() {
        transport.closeLater().block(PATIENCE);
        server.close();
    }
}
