package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.PATIENCE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.SCOPE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The browser is the JDK's HTTP client. */
class AuthorizationCodeCredentialTest {

    private static final String CODE = "authorization-code-of-the-test";

    private final HttpClient browser = HttpClient.newHttpClient();
    private final Queue<URI> opened = new ConcurrentLinkedQueue<>();
    private final AtomicReference<AccessToken> issued = new AtomicReference<>();
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private TestAuthority authority;

    @BeforeEach
    void start() throws Exception {
        authority = new TestAuthority();
        authority.server.answer(TestAuthority.tokens("access-1", "refresh-1"));
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    private AuthorizationCodeCredential.Builder builder() {
        return authority.at(
                AuthorizationCodeCredential.builder().open(uri -> Mono.fromRunnable(() -> opened.add(uri))));
    }

    private Disposable ask(AuthorizationCodeCredential credential) {
        // where nothing may block
        return credential.getToken(REQUEST).subscribeOn(Schedulers.parallel()).subscribe(issued::set, failed::set);
    }

    /** What comes in time, or null; the queue takes no lock, because it is filled where nothing may block. */
    private URI next(Queue<URI> addresses) {
        Awaitility.await().atMost(PATIENCE).until(() -> !addresses.isEmpty() || failed.get() != null);
        return addresses.poll();
    }

    private Map<String, String> page() throws InterruptedException {
        URI page = next(opened);
        assertThat(page).as("the address to open; failed: %s", failed.get()).isNotNull();
        assertThat(page.toString())
                .startsWith(authority
                        .server
                        .uri("/" + TENANT + "/oauth2/v2.0/authorize?")
                        .toString());
        return TestAuthority.parameters(page.getRawQuery());
    }

    private HttpResponse<String> comeBack(Map<String, String> page, String query)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create(page.get("redirect_uri") + "/?" + query))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void await() {
        Awaitility.await().atMost(PATIENCE).until(() -> issued.get() != null || failed.get() != null);
    }

    private static void assertClosed(Map<String, String> page) {
        int port = URI.create(page.get("redirect_uri")).getPort();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                        .isInstanceOf(ConnectException.class));
    }

    @Test
    void shouldExchangeTheCodeTheBrowserBrings() throws Exception {
        ask(builder().build());
        Map<String, String> page = page();
        assertThat(page)
                .containsEntry("client_id", CLIENT)
                .containsEntry("response_type", "code")
                .containsEntry("response_mode", "query")
                .containsEntry("scope", SCOPE + " offline_access")
                .containsEntry("code_challenge_method", "S256")
                .containsOnlyKeys(
                        "client_id",
                        "response_type",
                        "response_mode",
                        "scope",
                        "code_challenge_method",
                        "code_challenge",
                        "state",
                        "redirect_uri");
        assertThat(page.get("redirect_uri")).matches("http://localhost:\\d+");
        assertThat(page.get("state")).hasSizeGreaterThanOrEqualTo(32);

        HttpResponse<String> shown = comeBack(page, "code=" + CODE + "&state=" + page.get("state"));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("signed in");
        await();
        assertThat(issued.get().value()).isEqualTo("access-1");

        Map<String, String> form = authority.form(0);
        assertThat(form)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("client_id", CLIENT)
                .containsEntry("code", CODE)
                .containsEntry("scope", SCOPE + " offline_access")
                .containsEntry("redirect_uri", page.get("redirect_uri"))
                .containsOnlyKeys("grant_type", "client_id", "code", "scope", "redirect_uri", "code_verifier");
        String verifier = form.get("code_verifier");
        assertThat(verifier).hasSizeBetween(43, 128);
        assertThat(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256")
                                .digest(verifier.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(page.get("code_challenge"));
        assertClosed(page);
    }

    @Test
    void shouldUseANewStateAndVerifierForEachSignIn() throws Exception {
        ask(builder().build());
        ask(builder().build());
        Map<String, String> first = page();
        Map<String, String> second = page();
        assertThat(first.get("state")).isNotEqualTo(second.get("state"));
        assertThat(first.get("code_challenge")).isNotEqualTo(second.get("code_challenge"));
        comeBack(first, "error=access_denied&state=" + first.get("state"));
        comeBack(second, "error=access_denied&state=" + second.get("state"));
        assertClosed(first);
        assertClosed(second);
    }

    @Test
    void shouldRefuseAnAnswerToAnotherQuestionAndGoOnWaiting() throws Exception {
        ask(builder().build());
        Map<String, String> page = page();
        String state = page.get("state");
        for (String query : new String[] {
            "code=stolen-code&state=wrong",
            "code=stolen-code",
            "error=access_denied",
            "error=access_denied&state=" + state.substring(1),
            ""
        }) {
            assertThat(comeBack(page, query).statusCode()).as(query).isEqualTo(400);
        }
        URI elsewhere = URI.create(page.get("redirect_uri") + "/favicon.ico?code=" + CODE + "&state=" + state);
        assertThat(browser.send(HttpRequest.newBuilder(elsewhere).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
        assertThat(authority.server.requests()).isEmpty();
        assertThat(comeBack(page, "code=" + CODE + "&state=" + state).statusCode())
                .isEqualTo(200);
        await();
        assertThat(issued.get().value()).isEqualTo("access-1");
        assertThat(authority.form(0)).containsEntry("code", CODE);
    }

    @Test
    void shouldPassTheErrorThatTheBrowserBrings() throws Exception {
        ask(builder().build());
        Map<String, String> page = page();
        HttpResponse<String> shown = comeBack(
                page,
                "error=access_denied&error_description=AADSTS65001%3a+Not+consented.%0d%0aTrace+ID%3a+1&state="
                        + page.get("state"));
        assertThat(shown.body()).contains("did not succeed");
        await();
        assertThat(failed.get())
                .isInstanceOfSatisfying(
                        AuthenticationException.class,
                        e -> assertThat(e.serviceCode()).isEqualTo("AADSTS65001"))
                .hasMessageContaining("access_denied")
                .hasMessageContaining("administrator must consent")
                .hasMessageNotContaining("Trace");
        assertThat(authority.server.requests()).isEmpty();
        assertClosed(page);
    }

    @Test
    void shouldSayThatTheAnswerHoldsNothing() throws Exception {
        ask(builder().build());
        Map<String, String> page = page();
        comeBack(page, "code=&state=" + page.get("state"));
        await();
        assertThat(failed.get()).isInstanceOf(AuthenticationException.class).hasMessageContaining("neither");
    }

    @Test
    void shouldEndWithTheRefusalOfTheCode() throws Exception {
        authority.server.answer(Answer.status(400)
                .body("{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS54005: Code " + CODE
                        + " was used.\"}"));
        ask(builder().build());
        Map<String, String> page = page();
        comeBack(page, "code=" + CODE + "&state=" + page.get("state"));
        await();
        assertThat(failed.get())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("AADSTS54005")
                .hasMessageContaining("sign in again")
                .hasMessageNotContaining(CODE);
        assertClosed(page);
    }

    @Test
    void shouldGiveUpWhenNobodySignsIn() throws Exception {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ask(builder().timeout(Duration.ofMinutes(2)).scheduler(time).build());
        Map<String, String> page = page();
        Awaitility.await().atMost(PATIENCE).until(() -> time.getScheduledTaskCount() == 1);
        time.advanceTimeBy(Duration.ofMinutes(2).minusMillis(1));
        assertThat(failed).hasValue(null);
        time.advanceTimeBy(Duration.ofMillis(1));
        await();
        assertThat(failed.get())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("No user signed in within PT2M");
        assertClosed(page);
    }

    @Test
    void shouldCloseTheListenerOnCancel() throws Exception {
        Disposable running = ask(builder().build());
        Map<String, String> page = page();
        running.dispose();
        assertClosed(page);
    }

    /** Browsers open connections ahead of time, and do not close them for minutes. */
    @Test
    void shouldCloseEveryConnectionWithTheListener() throws Exception {
        ask(builder().build());
        Map<String, String> page = page();
        try (Socket unused =
                new Socket("127.0.0.1", URI.create(page.get("redirect_uri")).getPort())) {
            unused.setSoTimeout((int) PATIENCE.toMillis());
            comeBack(page, "code=" + CODE + "&state=" + page.get("state"));
            await();
            assertThat(issued.get()).isNotNull();
            assertThat(unused.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldCloseTheListenerWhenNothingCanBeOpened() throws Exception {
        Queue<URI> shown = new ConcurrentLinkedQueue<>();
        ask(builder()
                .open(uri -> {
                    shown.add(uri);
                    return Mono.error(new IllegalStateException("no browser"));
                })
                .build());
        await();
        assertThat(failed.get()).hasMessage("no browser");
        assertClosed(TestAuthority.parameters(next(shown).getRawQuery()));
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (FaultServer other = FaultServer.start()) {
            Throwable error = TestAuthority.failure(
                    Throwable.class, builder().port(other.port()).build().getToken(REQUEST));
            assertThat(error).isInstanceOf(AuthenticationException.class).hasMessageContaining("Port " + other.port());
        }
    }

    @Test
    void shouldListenAtTheChosenPortAndHintAtTheAccount() throws Exception {
        int free;
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Disposable running = ask(builder()
                .port(free)
                .loginHint("ann@harbour.example")
                .prompt("select_account")
                .build());
        assertThat(page())
                .containsEntry("redirect_uri", "http://localhost:" + free)
                .containsEntry("login_hint", "ann@harbour.example")
                .containsEntry("prompt", "select_account");
        running.dispose();
    }

    @Test
    void shouldProveWhoAConfidentialApplicationIs() throws Exception {
        ask(builder().clientSecret(() -> "secret-of-the-application").build());
        Map<String, String> page = page();
        comeBack(page, "code=" + CODE + "&state=" + page.get("state"));
        await();
        assertThat(authority.form(0)).containsEntry("client_secret", "secret-of-the-application");
    }

    @Test
    void shouldSignInOnceAndThenUseTheRefreshToken() throws Exception {
        AuthorizationCodeCredential credential = builder().build();
        ask(credential);
        Map<String, String> page = page();
        comeBack(page, "code=" + CODE + "&state=" + page.get("state"));
        await();
        authority.server.answer(TestAuthority.tokens("access-2"));
        assertThat(TestAuthority.token(credential.getToken(REQUEST)).value()).isEqualTo("access-2");
        assertThat(authority.form(1)).containsEntry("refresh_token", "refresh-1");
        assertThat(opened).isEmpty();
    }

    @Test
    void shouldPassTroubleOfTheAuthority() throws Exception {
        for (Answer answer : new Answer[] {Answer.status(503), Answer.nothing(Answer.Ending.RESET)}) {
            issued.set(null);
            failed.set(null);
            authority.server.answer(answer);
            ask(builder().build());
            Map<String, String> page = page();
            comeBack(page, "code=" + CODE + "&state=" + page.get("state"));
            await();
            assertThat(failed.get()).isInstanceOfAny(ServiceException.class, ConnectionException.class);
            assertClosed(page);
        }
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThatThrownBy(() ->
                        authority.at(AuthorizationCodeCredential.builder()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: open");
        assertThatThrownBy(() -> builder().port(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder().timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder().build().isInteractive()).isTrue();
    }
}
