package io.github.defenderreactive.runtime.auth.managedidentity;

import static io.github.defenderreactive.runtime.auth.TestAuthority.PATIENCE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.Answer.Ending;
import io.github.defenderreactive.testing.FaultServer;
import io.github.defenderreactive.testing.VirtualClock;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class ManagedIdentityCredentialTest {

    private static final String HEADER = "identity-header-of-the-test";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final VirtualClock clock = new VirtualClock(time, Instant.parse("2026-11-23T12:00:00Z"));
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.start();
        server.answer(
                Answer.json("{\"access_token\":\"token-of-the-machine\",\"refresh_token\":\"\",\"expires_in\":\"3599\","
                        + "\"expires_on\":\"1795435260\",\"not_before\":\"1795431660\",\"resource\":\"" + RESOURCE
                        + "\",\"token_type\":\"Bearer\"}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ManagedIdentityCredential.Builder onMachine() {
        return in(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", server.uri("/").toString()));
    }

    private ManagedIdentityCredential.Builder inAppService() {
        return in(Map.of("IDENTITY_ENDPOINT", server.uri("/MSI/token/").toString(), "IDENTITY_HEADER", HEADER));
    }

    private ManagedIdentityCredential.Builder in(Map<String, String> environment) {
        return ManagedIdentityCredential.builder()
                .environment(() -> environment)
                .clock(clock)
                .scheduler(time);
    }

    private Map<String, String> query(int number) {
        return TestAuthority.parameters(
                URI.create(server.requests().get(number).uri()).getRawQuery());
    }

    @Test
    void shouldAskTheMetadataServiceOfAMachine() {
        AccessToken token = TestAuthority.token(onMachine().build().getToken(REQUEST));
        assertThat(token.value()).isEqualTo("token-of-the-machine");
        assertThat(token.expiresAt()).isEqualTo(clock.start().plusSeconds(3599));
        FaultServer.Request seen = server.requests().get(0);
        assertThat(seen.method()).isEqualTo("GET");
        assertThat(seen.uri()).startsWith("/metadata/identity/oauth2/token?");
        assertThat(seen.headers().get("Metadata")).isEqualTo("true");
        assertThat(seen.headers()).doesNotContainKeys("X-Forwarded-For", "Authorization");
        assertThat(query(0)).containsOnly(Map.entry("api-version", "2018-02-01"), Map.entry("resource", RESOURCE));
    }

    @Test
    void shouldAskTheEndpointOfAnAppService() {
        server.answer(Answer.json("{\"access_token\":\"t\",\"expires_on\":\"1795435260\",\"resource\":\"" + RESOURCE
                + "\",\"token_type\":\"Bearer\",\"client_id\":\"x\"}"));
        AccessToken token = TestAuthority.token(inAppService().build().getToken(REQUEST));
        assertThat(token.expiresAt()).isEqualTo("2026-11-23T12:01:00Z");
        FaultServer.Request seen = server.requests().get(0);
        assertThat(seen.uri()).startsWith("/MSI/token/?");
        assertThat(seen.headers().get("X-IDENTITY-HEADER")).isEqualTo(HEADER);
        assertThat(query(0)).containsOnly(Map.entry("api-version", "2019-08-01"), Map.entry("resource", RESOURCE));
    }

    @Test
    void shouldReadTheEnvironmentAtEachRequest() {
        Map<String, String> environment = new HashMap<>(
                Map.of("IDENTITY_ENDPOINT", server.uri("/token").toString(), "IDENTITY_HEADER", "first-header"));
        ManagedIdentityCredential credential = in(environment).build();
        TestAuthority.token(credential.getToken(REQUEST));
        environment.put("IDENTITY_HEADER", "second-header");
        TestAuthority.token(credential.getToken(REQUEST));
        assertThat(server.requests())
                .extracting(request -> request.headers().get("X-IDENTITY-HEADER"))
                .containsExactly("first-header", "second-header");
    }

    @Test
    void shouldNameAUserAssignedIdentity() {
        String resource = "/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/x y";
        TestAuthority.token(onMachine().clientId("c").build().getToken(REQUEST));
        TestAuthority.token(onMachine().objectId("o").build().getToken(REQUEST));
        TestAuthority.token(onMachine().resourceId(resource).build().getToken(REQUEST));
        TestAuthority.token(inAppService().resourceId(resource).build().getToken(REQUEST));
        assertThat(query(0)).containsEntry("client_id", "c").hasSize(3);
        assertThat(query(1)).containsEntry("object_id", "o").hasSize(3);
        assertThat(query(2)).containsEntry("msi_res_id", resource).hasSize(3);
        assertThat(query(3)).containsEntry("mi_res_id", resource).hasSize(3);
    }

    /** Which waits passed before each request, until the credential gave up or a token came. */
    private Throwable schedule(ManagedIdentityCredential credential, List<Duration> waits) {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        AtomicReference<AccessToken> issued = new AtomicReference<>();
        Disposable running = credential.getToken(REQUEST).subscribe(issued::set, failed::set);
        int sent = 1;
        for (Duration wait : waits) {
            int scheduled = sent;
            Awaitility.await().atMost(PATIENCE).until(() -> time.getScheduledTaskCount() == scheduled);
            time.advanceTimeBy(wait.minusMillis(1));
            assertThat(server.requests()).as("not before %s", wait).hasSize(sent);
            time.advanceTimeBy(Duration.ofMillis(1));
            sent++;
        }
        Awaitility.await().atMost(PATIENCE).until(() -> failed.get() != null || issued.get() != null);
        assertThat(server.requests()).hasSize(sent);
        running.dispose();
        return failed.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 408, 429, 500, 502, 503})
    void shouldRepeatThreeTimesWhatMayPass(int status) {
        server.answer(Answer.status(status).body("{\"error\":\"busy\",\"error_description\":\"Later.\"}"));
        Throwable failed = schedule(
                onMachine().build(), List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
        assertThat(failed)
                .isInstanceOf(
                        switch (status) {
                            case 404 -> CredentialUnavailableException.class;
                            case 429 -> ThrottledException.class;
                            default -> ServiceException.class;
                        })
                .hasMessageContaining(Integer.toString(status))
                .hasMessageContaining("4 attempts");
    }

    @Test
    void shouldWaitUntilTheMetadataServiceIsUpdated() {
        server.answer(Answer.status(410));
        Throwable failed = schedule(onMachine().build(), java.util.Collections.nCopies(7, Duration.ofSeconds(10)));
        assertThat(failed).isInstanceOf(ServiceException.class).hasMessageContaining("8 attempts");
    }

    @Test
    void shouldGoOnWhenARepeatSucceeds() {
        server.enqueue(Answer.status(404), Answer.status(410), Answer.nothing(Ending.RESET));
        Throwable failed = schedule(
                onMachine().build(), List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(4)));
        assertThat(failed).isNull();
    }

    @Test
    void shouldNotRepeatARefusal() {
        server.answer(Answer.status(400)
                .body("{\"error\":\"invalid_resource\",\"error_description\":\"AADSTS50001: No such resource.\"}"));
        Throwable failed = schedule(onMachine().build(), List.of());
        assertThat(failed)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("AADSTS50001")
                .hasMessageContaining("Check that the resource has the identity");
        assertThat(((DefenderException) failed).serviceCode()).isEqualTo("invalid_resource");
    }

    @Test
    void shouldReadTheOtherFormOfAnErrorAndShowNoHeader() {
        server.answer(Answer.status(401).body("{\"statusCode\":401,\"message\":\"Wrong header " + HEADER + "\"}"));
        assertThat(TestAuthority.failure(
                        AuthenticationException.class, inAppService().build().getToken(REQUEST), HEADER))
                .hasMessageContaining("Wrong header (secret)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"access_token\":\"t\u00e4\"}", "{\"access_token\":\"t\",\"expires_in\":\"soon\"}"})
    void shouldSayThatATokenCannotBeUsed(String body) {
        server.answer(Answer.json(body));
        TestAuthority.failure(DecodeException.class, onMachine().build().getToken(REQUEST));
    }

    @Test
    void shouldSayThatThereIsNoManagedIdentityWhereNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        CredentialUnavailableException error = TestAuthority.failure(
                CredentialUnavailableException.class,
                in(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:" + free))
                        .build()
                        .getToken(REQUEST));
        assertThat(error).hasMessageContaining("does not run on a resource that has one");
    }

    @Test
    void shouldSayThatAKindOfIdentityIsNotSupported() {
        CredentialUnavailableException error = TestAuthority.failure(
                CredentialUnavailableException.class,
                in(Map.of("IDENTITY_ENDPOINT", "http://localhost:40342/token", "IMDS_ENDPOINT", "http://localhost"))
                        .build()
                        .getToken(REQUEST));
        assertThat(error).hasMessageContaining("Azure Arc").hasMessageContaining("IDENTITY_HEADER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "http://the_proxy:2579", "http://a b", "ftp://127.0.0.1", "/token"})
    void shouldSayThatAnAddressOfTheEnvironmentIsNone(String address) {
        assertThat(TestAuthority.failure(
                        AuthenticationException.class,
                        in(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address))
                                .build()
                                .getToken(REQUEST)))
                .hasMessageContaining("AZURE_POD_IDENTITY_AUTHORITY_HOST");
        assertThat(TestAuthority.failure(
                        AuthenticationException.class,
                        in(Map.of("IDENTITY_ENDPOINT", address, "IDENTITY_HEADER", HEADER))
                                .build()
                                .getToken(REQUEST)))
                .hasMessageContaining("IDENTITY_ENDPOINT");
    }

    @Test
    void shouldBlockNobodyWhoAsks() {
        // BlockHound watches the parallel threads
        TestAuthority.token(onMachine().build().getToken(REQUEST).subscribeOn(Schedulers.parallel()));
    }

    @Test
    void shouldWantTheScopeOfAResource() {
        for (String scope : List.of("Alert.Read", RESOURCE + "/.default other/.default")) {
            assertThat(TestAuthority.failure(
                            AuthenticationException.class, onMachine().build().getToken(TokenRequest.of(scope))))
                    .hasMessageContaining("/.default");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldCloseTheConnectionOnCancelAndAfterEachRequest() {
        TestAuthority.token(onMachine().build().getToken(REQUEST));
        Awaitility.await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
        server.answer(Answer.nothing(Ending.STALL));
        Disposable running = onMachine().build().getToken(REQUEST).subscribe();
        Awaitility.await().atMost(PATIENCE).until(() -> server.requests().size() == 2);
        running.dispose();
        Awaitility.await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
    }

    @Test
    void shouldNotBeRepeatedByTheCacheAfterItsOwnRepeats() {
        server.answer(Answer.status(503));
        TokenCache cache = TokenCache.builder(onMachine().build())
                .clock(clock)
                .scheduler(time)
                .build();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        cache.get(REQUEST).subscribe(token -> {}, failed::set);
        Iterator<Integer> sent = List.of(1, 2, 3).iterator();
        while (sent.hasNext()) {
            int number = sent.next();
            // the first task is the deadline
            Awaitility.await().atMost(PATIENCE).until(() -> time.getScheduledTaskCount() == number + 1);
            time.advanceTimeBy(Duration.ofSeconds(4));
        }
        Awaitility.await().atMost(PATIENCE).until(() -> failed.get() != null);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void shouldShowItsIdentityInItsRendering() {
        assertThat(onMachine().build()).hasToString("ManagedIdentityCredential[system-assigned]");
        assertThat(onMachine().clientId("c").build().toString()).contains("client_id=c");
    }

    @Test
    void shouldShowNoSecretInTheRenderingOfARequest() {
        Map<String, String> environment =
                Map.of("IDENTITY_ENDPOINT", "http://localhost/x", "IDENTITY_HEADER", "s3cret");
        assertThat(ManagedIdentityRequest.of(environment, "r", Map.of())).hasToString("http://localhost/x");
    }
}
