package io.github.defenderreactive.runtime.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ClientSecretCredentialTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SECRET = "s3cr~t+/=&ä";
    private static final String TENANT = "6f2b1c0e-58d3-4a0c-9b7d-1e1f6a0f4c11";
    private static final String CLIENT = "0d9c7a44-3f1b-4c5e-8a67-2b90d1e3f5a8";
    private static final String SCOPE = "https://api.securitycenter.microsoft.com/.default";
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

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

    private ClientSecretCredential.Builder builder() {
        return ClientSecretCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT)
                .secret(() -> SECRET)
                .authority(server.uri("/"))
                .transport(transport)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private AccessToken token() {
        return builder().build().getToken(TokenRequest.of(SCOPE)).block(PATIENCE);
    }

    private <E extends DefenderException> E refused(Class<E> type) {
        Throwable[] seen = new Throwable[1];
        StepVerifier.create(builder().build().getToken(TokenRequest.of(SCOPE)))
                .expectErrorSatisfies(error -> seen[0] = error)
                .verify(PATIENCE);
        assertThat(seen[0]).isInstanceOf(type);
        for (Throwable at = seen[0]; at != null; at = at.getCause()) {
            assertThat(at.toString()).doesNotContain(SECRET).doesNotContain("s3cr");
        }
        return type.cast(seen[0]);
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Test
    void shouldSendTheMessageOfTheVersion2Endpoint() {
        server.answer(Answer.json("{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":0,"
                + "\"access_token\":\"eyJ.x.y\"}"));
        AccessToken token = token();
        assertThat(token.value()).isEqualTo("eyJ.x.y");
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3599));
        assertThat(token.refreshAt()).isNull();
        FaultServer.Request seen = server.requests().get(0);
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.uri()).isEqualTo("/" + TENANT + "/oauth2/v2.0/token");
        assertThat(seen.headers()).doesNotContainKey("authorization");
        assertThat(seen.headers().get("content-type")).startsWith("application/x-www-form-urlencoded");
        assertThat(form(seen.body()))
                .containsOnly(
                        Map.entry("grant_type", "client_credentials"),
                        Map.entry("client_id", CLIENT),
                        Map.entry("client_secret", SECRET),
                        Map.entry("scope", SCOPE));
    }

    @Test
    void shouldSendClaims() {
        server.answer(Answer.json("{\"access_token\":\"t\",\"expires_in\":60}"));
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1604106651\"}}}";
        builder().build().getToken(TokenRequest.of(SCOPE).withClaims(claims)).block(PATIENCE);
        assertThat(form(server.requests().get(0).body())).containsEntry("claims", claims);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"access_token\":\"t\",\"expires_in\":\"3599\",\"expires_on\":\"1388452167\"}|3599",
                "{\"access_token\":\"t\",\"expires_in\":3599.0}|3599",
                "{\"access_token\":\"t\",\"expires_on\":\"1795435260\",\"refresh_token\":\"\"}|60",
            })
    void shouldReadTheLifetimeInEachOfItsForms(String body, long seconds) {
        server.answer(Answer.status(200).header("Content-Type", "text/plain").body(body));
        assertThat(token().expiresAt()).isEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void shouldReadWhenToRefresh() {
        server.answer(Answer.json("{\"access_token\":\"t\",\"expires_in\":86400,\"refresh_in\":\"43200\"}"));
        assertThat(token().refreshAt()).isEqualTo(NOW.plusSeconds(43200));
    }

    @Test
    void shouldReadTheSecretAtEachRequest() {
        server.answer(Answer.json("{\"access_token\":\"t\",\"expires_in\":60}"));
        Iterator<String> secrets = List.of("old", "new").iterator();
        ClientSecretCredential credential = builder().secret(secrets::next).build();
        credential.getToken(TokenRequest.of(SCOPE)).block(PATIENCE);
        credential.getToken(TokenRequest.of(SCOPE)).block(PATIENCE);
        assertThat(server.requests())
                .extracting(request -> form(request.body()).get("client_secret"))
                .containsExactly("old", "new");
    }

    private static String error(String error, int code, String text) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"AADSTS" + code + ": " + text
                + "\\r\\nTrace ID: 11\\r\\nCorrelation ID: 22\\r\\nTimestamp: 2026-01-09 02:02:12Z\",\"error_codes\":["
                + code + "],\"timestamp\":\"2026-01-09 02:02:12Z\",\"trace_id\":\"trace-1\",\"correlation_id\":\"22\"}";
    }

    @Test
    void shouldSayThatTheSecretIsWrong() {
        server.answer(Answer.status(401).body(error("invalid_client", 7000215, "Secret " + SECRET + " is wrong.")));
        AuthenticationException error = refused(AuthenticationException.class);
        assertThat(error.serviceCode()).isEqualTo("AADSTS7000215");
        assertThat(error.requestId()).isEqualTo("trace-1");
        assertThat(error.status()).isEqualTo(401);
        assertThat(error)
                .hasMessageContaining("invalid_client")
                .hasMessageContaining("use its value, not its id")
                .hasMessageNotContaining("Trace ID");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_client,7000222,expired",
        "unauthorized_client,700016,client id and tenant",
        "invalid_request,900023,tenant",
        "invalid_request,90002,tenant",
        "invalid_scope,70011,/.default",
        "invalid_resource,500011,scope",
        "invalid_scope,12345,/.default",
        "brand_new,12345,code",
    })
    void shouldSayWhatToDo(String code, int number, String advice) {
        server.answer(Answer.status(400).body(error(code, number, "Something.")));
        assertThat(refused(AuthenticationException.class))
                .hasMessageContaining(code)
                .hasMessageContaining(advice)
                .extracting(DefenderException::serviceCode)
                .isEqualTo("AADSTS" + number);
    }

    @Test
    void shouldTakeTheCodeOfAnotherAuthority() {
        server.answer(
                Answer.status(401).body("{\"error\":\"unauthorized_client\"}").header("x-ms-request-id", "r"));
        AuthenticationException error = refused(AuthenticationException.class);
        assertThat(error.serviceCode()).isEqualTo("unauthorized_client");
        assertThat(error.requestId()).isEqualTo("r");
    }

    @Test
    void shouldTellThrottlingAndOutageApart() {
        server.answer(Answer.status(429).header("Retry-After", "17"));
        assertThat(refused(ThrottledException.class).retryAfter()).isEqualTo(Duration.ofSeconds(17));
        server.answer(Answer.status(503)
                .header("Retry-After", "Mon, 23 Nov 2026 12:01:00 GMT")
                .body("<html>"));
        assertThat(refused(ServiceException.class).retryAfter()).isEqualTo(Duration.ofSeconds(60));
        server.answer(Answer.status(500).header("Retry-After", "soon"));
        assertThat(refused(ServiceException.class).retryAfter()).isNull();
        server.answer(Answer.status(400).body("{\"error\":\"temporarily_unavailable\"}"));
        refused(ServiceException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>sign in</html>",
                "[]",
                "{}",
                "{\"access_token\":7,\"expires_in\":1}",
                "{\"access_token\":\"t\",\"expires_in\":\"soon\"}",
                "{\"access_token\":\"t\",\"expires_in\":1"
            })
    void shouldSayThatSomethingElseAnswers(String body) {
        server.answer(Answer.status(200).body(body));
        assertThat(refused(DecodeException.class))
                .hasMessageContaining("does not respond like a token endpoint")
                .hasMessageContaining("localhost");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 400})
    void shouldSayThatAnErrorIsNoneOfAnAuthority(int status) {
        server.answer(Answer.status(status).body("<html>"));
        assertThat(refused(AuthenticationException.class)).hasMessageContaining("Check the authority's address");
    }

    @Test
    void shouldRefuseAnEndlessAnswer() {
        server.answer(Answer.status(200).repeated(new byte[1024], 100_000));
        refused(DecodeException.class);
    }

    @Test
    void shouldPassErrorsOfTheConnection() {
        server.answer(Answer.nothing(Ending.RESET));
        refused(ConnectionException.class);
    }

    @Test
    void shouldSayThatThereIsNoSecret() {
        StepVerifier.create(builder().secret(() -> "").build().getToken(TokenRequest.of(SCOPE)))
                .expectError(AuthenticationException.class)
                .verify(PATIENCE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThatThrownBy(() -> ClientSecretCredential.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clientId");
        assertThatThrownBy(() -> builder().tenantId("a/b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder().build().toString())
                .contains(CLIENT)
                .contains(TENANT)
                .doesNotContain("s3cr");
    }

    @Test
    void shouldAskOnceForAThousandCallsTogetherWithTheCache() {
        server.answer(
                Answer.json("{\"access_token\":\"t\",\"expires_in\":3600}").slowly(5, Duration.ofMillis(5)));
        TokenCache cache = TokenCache.builder(builder().build())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
        StepVerifier.create(Flux.range(0, 1_000).flatMap(i -> cache.get(TokenRequest.of(SCOPE)), 1_000))
                .expectNextCount(1_000)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldNotStormTheAuthorityWithAWrongSecret() {
        server.answer(Answer.status(401).body(error("invalid_client", 7000215, "Wrong.")));
        TokenCache cache = TokenCache.of(builder().build());
        StepVerifier.create(Flux.range(0, 1_000)
                        .flatMap(
                                i -> cache.get(TokenRequest.of(SCOPE))
                                        .map(token -> 1)
                                        .onErrorReturn(0),
                                100)
                        .reduce(Integer::sum))
                .expectNext(0)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldAskTheOlderEndpointForAResource() {
        server.answer(Answer.json("{\"access_token\":\"t\",\"expires_in\":\"3599\"}"));
        ClientSecretCredential credential = builder().versionOne().build();
        credential.getToken(TokenRequest.of(SCOPE)).block(PATIENCE);
        assertThat(server.requests().get(0).uri()).isEqualTo("/" + TENANT + "/oauth2/token");
        assertThat(form(server.requests().get(0).body()))
                .containsOnly(
                        Map.entry("grant_type", "client_credentials"),
                        Map.entry("client_id", CLIENT),
                        Map.entry("client_secret", SECRET),
                        Map.entry("resource", "https://api.securitycenter.microsoft.com"));
        StepVerifier.create(credential.getToken(TokenRequest.of("https://api.example/Alert.Read")))
                .expectErrorMessage("The version 1 endpoint takes one scope that ends in /.default, not"
                        + " https://api.example/Alert.Read")
                .verify(PATIENCE);
    }

    @Test
    void shouldCloseTheConnectionOnCancel() {
        server.answer(Answer.nothing(Ending.STALL));
        Disposable running = builder().build().getToken(TokenRequest.of(SCOPE)).subscribe();
        Awaitility.await().atMost(PATIENCE).until(() -> server.requests().size() == 1);
        running.dispose();
        Awaitility.await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "1e300", "-9223372036854775808", "\"99999999999999999\""})
    void shouldSurviveALifetimeThatNoClockCanCount(String seconds) {
        server.answer(
                Answer.json("{\"access_token\":\"t\",\"expires_in\":" + seconds + ",\"refresh_in\":" + seconds + "}"));
        assertThat(token().expiresAt()).isNotEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "90033,ServiceException",
        "50033,ServiceException",
        "90055,ThrottledException",
        "50196,ThrottledException"
    })
    void shouldKnowTroubleOfTheAuthorityByItsNumber(int number, String expected) {
        server.answer(Answer.status(400).body(error("invalid_request", number, "Trouble.")));
        assertThat(refused(DefenderException.class))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(expected));
    }

    @Test
    void shouldServeTwoClientsWithOneBuilder() {
        ClientSecretCredential.Builder shared =
                ClientSecretCredential.builder().clientId(CLIENT).secret(() -> SECRET);
        server.answer(Answer.json("{\"access_token\":\"t\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
        for (String tenant : List.of("harbour.example", "quayside.example")) {
            AuthorityContext client = new AuthorityContext(server.uri("/"), tenant, transport);
            shared.build(client).getToken(TokenRequest.of(SCOPE)).block(PATIENCE);
        }
        assertThat(server.requests())
                .extracting(request -> request.uri().split("/")[1])
                .containsExactly("harbour.example", "quayside.example");
        assertThatThrownBy(shared::build).hasMessage("Missing: tenantId, transport");
    }
}
