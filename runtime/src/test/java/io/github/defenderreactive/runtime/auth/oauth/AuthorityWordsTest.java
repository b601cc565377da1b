package io.github.defenderreactive.runtime.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** An authority that quotes in every part of its response what it was sent, over sockets. */
class AuthorityWordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of characters that URL encoding changes, and no JWT, which would be recognized by its looks. */
    private static final String SECRET = "c4nary~+/=&0123456789";

    private final ReactorNettyTransport transport = ReactorNettyTransport.create();
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
    }

    @AfterEach
    void close() {
        transport.closeLater().block(PATIENCE);
        server.close();
    }

    private interface Place extends Function<String, Answer> {}

    private static Answer json(int status, String body) {
        return Answer.status(status).header("Content-Type", "application/json").body(body);
    }

    private static List<Place> places() {
        return List.of(
                said -> json(
                        400, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: " + said + "\"}"),
                said -> json(401, "{\"error\":\"" + said + "\"}"),
                said -> json(200, "{\"error\":\"" + said + "\",\"error_description\":\"" + said + "\"}"),
                said -> json(400, "{\"error\":\"invalid_client\",\"trace_id\":\"" + said + "\"}"),
                said -> json(400, "{\"error\":\"invalid_client\",\"correlation_id\":\"" + said + "\"}"),
                said -> json(400, "{\"error\":\"invalid_client\"}").header("x-ms-request-id", said),
                said -> json(400, "{\"error\":\"invalid_client\",\"error_description\":\"\\n" + said + "\\nmore\"}"),
                said -> json(429, "{\"error\":\"" + said + "\"}").header("x-ms-request-id", said),
                said -> json(503, "{\"error\":\"" + said + "\"}").header("x-ms-request-id", said),
                said -> json(400, "{\"message\":\"" + said + "\"}"),
                said -> json(400, "{\"error\":{\"code\":\"" + said + "\",\"message\":\"" + said + "\"}}"),
                said -> json(200, "{\"access_token\":\"t\",\"expires_in\":60,\"token_type\":\"" + said + "\"}"),
                said -> json(200, "{\"access_token\":\"t\",\"expires_in\":\"" + said + "\"}"),
                said -> json(200, said),
                said -> Answer.status(200).header("Content-Type", said).body("<html>" + said),
                said -> Answer.status(302).header("Location", "https://h.example/?x=" + said),
                said -> Answer.status(200).header("Content-Encoding", said).body("{}"),
                said -> Answer.status(401).header("WWW-Authenticate", "Bearer error=\"" + said + "\""),
                said -> Answer.nothing(Ending.CLOSE).raw("HTTP/1.1 400 " + said + "\r\nContent-Length: 0\r\n\r\n"),
                said -> Answer.nothing(Ending.CLOSE).raw(said + "\r\n\r\n"));
    }

    private <B extends OAuthCredentialBuilder<B>> TokenCredential built(B builder) {
        return builder.tenantId("tenant")
                .clientId("client")
                .authority(server.uri("/"))
                .transport(transport)
                .build();
    }

    @SuppressWarnings("deprecation")
    private TokenCredential credential(String kind) {
        return switch (kind) {
            case "client secret" -> built(ClientSecretCredential.builder().secret(() -> SECRET));
            case "client assertion" ->
                built(WorkloadIdentityCredential.builder().assertion(() -> Mono.just(SECRET)));
            case "refresh token" -> built(RefreshTokenCredential.builder().store(RefreshTokenStore.inMemory(SECRET)));
            case "password" ->
                built(UsernamePasswordCredential.builder().username("ann").password(() -> SECRET));
            case "secret of a device" ->
                built(DeviceCodeCredential.builder()
                        .clientSecret(() -> SECRET)
                        .prompt(prompt -> Mono.error(new IllegalStateException(prompt.message()))));
            case "managed identity" ->
                ManagedIdentityCredential.builder()
                        .environment(() -> Map.of(
                                ManagedIdentityCredential.ENDPOINT,
                                server.uri("/msi").toString(),
                                ManagedIdentityCredential.HEADER,
                                SECRET))
                        .build();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** How a peer quotes it. */
    private static Map<String, String> quotes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("plain", SECRET);
        all.put("URL-encoded", URLEncoder.encode(SECRET, StandardCharsets.UTF_8));
        all.put("Base64", base64(SECRET));
        all.put("Base64 of Basic credentials", base64("client:" + SECRET));
        return all;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client secret", "client assertion", "refresh token", "password", "secret of a device"})
    void shouldNotQuoteBackWhatTheAuthorityWasSent(String kind) {
        for (Place place : places()) {
            quotes().forEach((form, said) -> {
                server.answer(place.apply(said));
                shouldNotShow(kind + ", " + form, credential(kind), said);
            });
        }
        assertThat(server.requests())
                .allSatisfy(request ->
                        assertThat(request.body()).contains(URLEncoder.encode(SECRET, StandardCharsets.UTF_8)));
    }

    static Stream<String> refusalsOfAnIdentity() {
        return Stream.of(
                "{\"error\":\"SAID\",\"error_description\":\"SAID\"}",
                "{\"statusCode\":400,\"message\":\"SAID\"}",
                "{\"error\":{\"code\":\"SAID\",\"message\":\"SAID\"}}",
                "{\"message\":\"Identity not found: SAID\"}");
    }

    @ParameterizedTest
    @MethodSource("refusalsOfAnIdentity")
    void shouldNotQuoteBackTheHeaderOfAManagedIdentity(String body) {
        quotes().forEach((form, said) -> {
            server.answer(json(400, body.replace("SAID", said)).header("x-ms-request-id", said));
            shouldNotShow(form, credential("managed identity"), said);
            server.answer(Answer.status(401).header("Content-Type", said).body("<html>"));
            shouldNotShow(form, credential("managed identity"), said);
        });
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("x-identity-header", SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c4nary\r\nx: y", "c4nary\u0000", "c4n\u00e4ry c4nary"})
    void shouldNotQuoteAHeaderThatCannotBeSent(String header) {
        ManagedIdentityCredential credential = ManagedIdentityCredential.builder()
                .environment(() -> Map.of(
                        ManagedIdentityCredential.ENDPOINT,
                        server.uri("/msi").toString(),
                        ManagedIdentityCredential.HEADER,
                        header))
                .build();
        server.answer(json(400, "{\"statusCode\":400,\"message\":\"m\"}"));

        shouldNotShow("header", credential, header);
    }

    private static void shouldNotShow(String what, TokenCredential credential, String said) {
        StepVerifier.create(credential.getToken(TokenRequest.of("https://api.example/.default")))
                .expectErrorSatisfies(error -> {
                    StringWriter trace = new StringWriter();
                    error.printStackTrace(new PrintWriter(trace));
                    if (error instanceof DefenderException failure) {
                        trace.append(failure.context().toString());
                    }
                    assertThat(trace.toString()).as(what).doesNotContain("c4nary", said);
                })
                .verify(PATIENCE);
    }
}
