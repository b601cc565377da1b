package io.github.defenderreactive.runtime.auth.managedidentity;

import static io.github.defenderreactive.runtime.auth.TestAuthority.PATIENCE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.oauth.ChainedCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Responses at the address of a managed identity that does not exist, and errors of one that does. */
class ManagedIdentityAbsenceTest {

    private static final String HTML = "<html><body>Welcome to the hotel</body></html>";
    private static final TokenCredential NEXT = request -> Mono.just(AccessToken.of("token-of-the-next", Instant.MAX));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @AutoClose
    private final FaultServer server = FaultServer.start();

    private ManagedIdentityCredential.Builder machine() {
        return at(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", server.uri("/").toString()));
    }

    private ManagedIdentityCredential.Builder site() {
        return at(
                Map.of("IDENTITY_ENDPOINT", server.uri("/token").toString(), "IDENTITY_HEADER", "header-of-the-site"));
    }

    private ManagedIdentityCredential.Builder at(Map<String, String> environment) {
        return ManagedIdentityCredential.builder()
                .environment(() -> environment)
                .scheduler(time);
    }

    /** The token or the error; waits between retries pass at once. */
    private Object outcome(TokenCredential credential) {
        AtomicReference<Object> seen = new AtomicReference<>();
        credential.getToken(REQUEST).subscribe(token -> seen.set(token.value()), seen::set);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            time.advanceTimeBy(Duration.ofSeconds(10));
            return seen.get() != null;
        });
        return seen.get();
    }

    private void assertAbsent(ManagedIdentityCredential alone, String... words) {
        assertThat(outcome(alone))
                .isInstanceOfSatisfying(
                        CredentialUnavailableException.class,
                        error -> assertThat(error)
                                .hasMessageContaining(
                                        "No managed identity is available at http://localhost:" + server.port())
                                .hasMessageContaining("This program does not run on a resource")
                                .hasMessageContainingAll(words));
        assertThat(outcome(ChainedCredential.of(alone, NEXT))).isEqualTo("token-of-the-next");
    }

    private static Answer oauth(int status, String error, String description) {
        return Answer.status(status)
                .header("Content-Type", "application/json")
                .body("{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    private static Answer html(int status) {
        return Answer.status(status).header("Content-Type", "text/html").body(HTML);
    }

    private static Stream<Arguments> absent() {
        return Stream.of(
                Arguments.of(oauth(400, "invalid_request", "Identity not found"), "HTTP 400 (Identity not found)"),
                Arguments.of(oauth(400, "invalid_request", "identity  not found."), "HTTP 400"),
                Arguments.of(oauth(200, "invalid_request", "Identity not found"), "HTTP 200 (Identity not found)"),
                Arguments.of(html(400), "HTTP 400, text/html"),
                Arguments.of(Answer.status(400), "HTTP 400"),
                Arguments.of(Answer.status(400).body("{\"code\":400,\"detail\":\"Bad request\"}"), "HTTP 400"),
                Arguments.of(
                        Answer.status(403)
                                .body(
                                        "connecting to 169.254.169.254:80: connectex: A socket operation was attempted to an"
                                                + " unreachable network."),
                        "HTTP 403"),
                Arguments.of(Answer.status(403), "HTTP 403"),
                Arguments.of(html(403), "HTTP 403"),
                Arguments.of(oauth(403, "forbidden", "No."), "HTTP 403 (No.)"),
                Arguments.of(html(401), "HTTP 401"),
                Arguments.of(html(404), "HTTP 404, text/html"),
                Arguments.of(Answer.status(404).body("404 page not found"), "HTTP 404"),
                Arguments.of(Answer.status(404).body("{\"detail\":\"Not Found\"}"), "HTTP 404"),
                Arguments.of(Answer.status(404), "HTTP 404"),
                Arguments.of(oauth(404, "not_found", "Nothing here."), "HTTP 404 (Nothing here.)"),
                Arguments.of(html(405), "HTTP 405"),
                Arguments.of(html(200), "HTTP 200, text/html"),
                Arguments.of(Answer.status(200), "HTTP 200"),
                Arguments.of(Answer.json("{}"), "HTTP 200, application/json"),
                Arguments.of(Answer.json("[\"latest/\"]"), "HTTP 200"),
                Arguments.of(Answer.json("{\"access_token\":7}"), "HTTP 200"),
                Arguments.of(Answer.status(204), "HTTP 204"),
                Arguments.of(Answer.status(301).header("Location", "https://login.hotel.example/"), "HTTP 301"),
                Arguments.of(html(302).header("Location", "/latest/"), "HTTP 302"),
                Arguments.of(html(502), "HTTP 502, text/html"),
                Arguments.of(html(504), "HTTP 504, text/html"),
                Arguments.of(html(200).header("Content-Encoding", "br"), "the response cannot be read"),
                Arguments.of(html(200).header("Content-Encoding", "gzip"), "the response cannot be read"),
                Arguments.of(Answer.status(200).repeated(new byte[1024], 10_000), "the response cannot be read"),
                Arguments.of(Answer.nothing(Ending.RESET), "the connection ended without a response"),
                Arguments.of(Answer.nothing(Ending.CLOSE), "the connection ended without a response"),
                Arguments.of(
                        Answer.nothing(Ending.CLOSE).raw("SSH-2.0-OpenSSH_9.2\r\n"),
                        "No managed identity is available"),
                Arguments.of(
                        Answer.nothing(Ending.CLOSE).raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
                        "No managed identity is available"),
                Arguments.of(Answer.nothing(Ending.STALL), "there was no response within PT0.3S"),
                Arguments.of(
                        Answer.json("{\"access_token\":\"t\",\"expires_in\":1}").breakAfter(20, Ending.STALL),
                        "there was no response within PT0.3S"));
    }

    @ParameterizedTest
    @MethodSource("absent")
    void shouldGoOnToTheNextCredentialWhereThereIsNoManagedIdentity(Answer answer, String seen) {
        server.answer(answer);
        assertAbsent(
                seen.contains("PT0.3S")
                        ? machine().responseTimeout(Duration.ofMillis(300)).build()
                        : machine().build(),
                seen);
    }

    @Test
    void shouldGoOnWhereNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        TokenCredential nowhere = at(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:" + free))
                .build();
        assertThat(outcome(nowhere))
                .isInstanceOfSatisfying(
                        CredentialUnavailableException.class,
                        error -> assertThat(error).hasMessageContaining("nothing listens there"));
        assertThat(outcome(ChainedCredential.of(nowhere, NEXT))).isEqualTo("token-of-the-next");
    }

    @Test
    void shouldGoOnWhereTheIdentityThatIsNamedIsNotAssigned() {
        server.answer(oauth(400, "invalid_request", "Identity not found"));
        assertAbsent(machine().clientId("own-identity").build(), "to which the identity {client_id=own-identity}");
    }

    private static Stream<Arguments> absentAtASite() {
        return Stream.of(
                Arguments.of(
                        400, "{\"statusCode\":400,\"message\":\"No MSI found for specified ClientId/ResourceId.\"}"),
                Arguments.of(400, "{\"statusCode\":400,\"message\":\"Unable to load the proper Managed Identity.\"}"),
                Arguments.of(400, "{\"error\":{\"code\":\"X\",\"message\":\"No managed identity was found\"}}"),
                Arguments.of(500, "{\"statusCode\":500,\"message\":\"Identity not found\"}"),
                Arguments.of(404, "<html>"),
                Arguments.of(403, "<html>"),
                Arguments.of(200, "<html>"));
    }

    @ParameterizedTest
    @MethodSource("absentAtASite")
    void shouldGoOnWhereASiteHasNoIdentity(int status, String body) {
        server.answer(Answer.status(status).body(body));
        assertAbsent(site().build(), "HTTP " + status);
    }

    private static Stream<Arguments> present() {
        return Stream.of(
                Arguments.of(oauth(400, "invalid_resource", "AADSTS50001: Unknown."), AuthenticationException.class),
                Arguments.of(
                        oauth(
                                400,
                                "invalid_request",
                                "Multiple user assigned identities exist, please specify the clientId"),
                        AuthenticationException.class),
                Arguments.of(
                        oauth(400, "bad_request_102", "Required metadata header not specified"),
                        AuthenticationException.class),
                Arguments.of(oauth(401, "unauthorized_client", "AADSTS700016"), AuthenticationException.class),
                Arguments.of(
                        Answer.json("{\"access_token\":\"t\",\"token_type\":\"pop\",\"expires_in\":60}"),
                        AuthenticationException.class),
                Arguments.of(oauth(429, "too_many_requests", "Later."), ThrottledException.class),
                Arguments.of(Answer.status(429), ThrottledException.class),
                Arguments.of(html(429), ThrottledException.class),
                Arguments.of(oauth(500, "unknown", "Failed."), ServiceException.class),
                Arguments.of(Answer.status(500), ServiceException.class),
                Arguments.of(html(503), ServiceException.class),
                Arguments.of(oauth(502, "unknown", "Failed."), ServiceException.class),
                Arguments.of(Answer.status(504), ServiceException.class),
                Arguments.of(Answer.status(408), ServiceException.class),
                Arguments.of(Answer.status(410), ServiceException.class));
    }

    @ParameterizedTest
    @MethodSource("present")
    void shouldNotGoOnWhereTheIdentityExists(Answer answer, Class<? extends DefenderException> expected) {
        server.answer(answer);
        assertThat(outcome(ChainedCredential.of(machine().build(), NEXT))).isInstanceOf(expected);
    }

    @Test
    void shouldNotGoOnWhereASiteRefuses() {
        for (int status : new int[] {401, 403}) {
            server.answer(Answer.status(status).body("{\"statusCode\":" + status + ",\"message\":\"Wrong header\"}"));
            assertThat(outcome(ChainedCredential.of(site().build(), NEXT))).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void shouldNotTakeTroubleForAbsence() {
        server.enqueue(oauth(500, "unknown", "Failed."));
        server.answer(Answer.nothing(Ending.RESET));
        assertThat(outcome(ChainedCredential.of(machine().build(), NEXT))).isInstanceOf(ConnectionException.class);
    }

    @Test
    void shouldNotTakeAnIdentityForAbsentThatHasGivenAToken() {
        ManagedIdentityCredential credential = machine().build();
        server.answer(TestAuthority.tokens("token-of-the-machine"));
        assertThat(outcome(credential)).isEqualTo("token-of-the-machine");
        server.answer(Answer.nothing(Ending.RESET));
        assertThat(outcome(credential)).isInstanceOf(ConnectionException.class);
        assertThat(server.requests()).as("retried").hasSize(5);
        server.answer(Answer.status(404));
        assertThat(outcome(credential)).isInstanceOf(ServiceException.class);
        server.close();
        assertThat(outcome(credential)).isInstanceOf(ConnectionException.class);
    }

    @Test
    void shouldStayWithTheNextOneOnceItGaveAToken() {
        server.answer(html(403));
        ChainedCredential chain = ChainedCredential.of(machine().build(), NEXT);
        outcome(chain);
        outcome(chain);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldSayOfEachWhatWasSeen() {
        server.answer(html(403));
        assertThat(outcome(ChainedCredential.of(machine().build())))
                .isInstanceOfSatisfying(
                        CredentialUnavailableException.class,
                        error -> assertThat(error)
                                .hasMessageContaining("No credential in the chain is available")
                                .hasMessageContaining("HTTP 403, text/html"));
    }

    @Test
    void shouldTakeLineEndsAndByteOrderMarksOffTheEnvironment() {
        server.answer(TestAuthority.tokens("token-of-the-site"));
        assertThat(outcome(at(Map.of(
                                "IDENTITY_ENDPOINT",
                                server.uri("/token") + "\r\n",
                                "IDENTITY_HEADER",
                                "\uFEFFheader-of-the-site\n"))
                        .build()))
                .isEqualTo("token-of-the-site");
        assertThat(server.requests().get(0).headers()).containsEntry("X-IDENTITY-HEADER", "header-of-the-site");
    }

    @Test
    void shouldNameAHeaderThatCannotBeSent() {
        assertThat(outcome(at(Map.of(
                                "IDENTITY_ENDPOINT",
                                server.uri("/token").toString(),
                                "IDENTITY_HEADER",
                                "two\nlines-of-the-site"))
                        .build()))
                .isInstanceOfSatisfying(
                        AuthenticationException.class,
                        error -> assertThat(error)
                                .hasMessageContaining("X-IDENTITY-HEADER")
                                .hasMessageNotContaining("lines-of-the-site"));
    }

    @Test
    void shouldShowNoQueryOfAnAddress() {
        for (String address :
                new String[] {"http://localhost:1/token?sig=of-the-test", "http://a b/?sig=of-the-test"}) {
            for (Map<String, String> environment : List.of(
                    Map.of("IDENTITY_ENDPOINT", address),
                    Map.of("IDENTITY_ENDPOINT", address, "IDENTITY_HEADER", "header-of-the-site"),
                    Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address))) {
                assertThat(outcome(at(environment).build()))
                        .isInstanceOfSatisfying(
                                DefenderException.class,
                                error -> assertThat(error).hasMessageNotContaining("of-the-test"));
            }
        }
    }

    @Test
    void shouldSayThatServiceFabricIsNotSupported() {
        assertThat(outcome(at(Map.of(
                                "IDENTITY_ENDPOINT", server.uri("/token").toString(),
                                "IDENTITY_HEADER", "header-of-the-site",
                                "IDENTITY_SERVER_THUMBPRINT", "AB12"))
                        .build()))
                .isInstanceOfSatisfying(
                        CredentialUnavailableException.class,
                        error -> assertThat(error).hasMessageContaining("Service Fabric"));
    }
}
