package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.SCOPE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.ScriptedAuthority;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.testing.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class DeviceCodeCredentialTest {

    private static final String DEVICE_CODE = "device-code-of-the-test";
    private static final String CODE = "{\"device_code\":\"" + DEVICE_CODE
            + "\",\"user_code\":\"QUAY-SIDE\",\"verification_uri\":\"https://login.example/device\","
            + "\"expires_in\":900,\"interval\":5,\"message\":\"Go there and type that.\"}";
    private static final String PENDING =
            "{\"error\":\"authorization_pending\",\"error_description\":\"AADSTS70016: Pending.\"}";
    private static final String SLOW_DOWN = "{\"error\":\"slow_down\"}";
    private static final String TOKENS =
            "{\"access_token\":\"access-1\",\"expires_in\":3600,\"refresh_token\":\"refresh-1\"}";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final VirtualClock clock = new VirtualClock(time, Instant.parse("2026-11-23T12:00:00Z"));
    private final ScriptedAuthority authority = new ScriptedAuthority();
    private final List<DeviceCodePrompt> prompts = new ArrayList<>();
    private final AtomicReference<AccessToken> issued = new AtomicReference<>();
    private final AtomicReference<Throwable> failed = new AtomicReference<>();

    private DeviceCodeCredential.Builder builder() {
        return DeviceCodeCredential.builder()
                .tenantId(TENANT)
                .clientId(CLIENT)
                .authority(URI.create("https://login.example"))
                .transport(authority)
                .clock(clock)
                .scheduler(time)
                .prompt(prompt -> Mono.fromRunnable(() -> prompts.add(prompt)));
    }

    private Disposable ask(DeviceCodeCredential credential) {
        return credential.getToken(TokenRequest.of(SCOPE)).subscribe(issued::set, failed::set);
    }

    private void pass(int seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldShowTheCodeAndAskUntilThePersonHasSignedIn() {
        authority.says(200, CODE).says(400, PENDING).says(400, PENDING).says(200, TOKENS);
        ask(builder().build());
        assertThat(prompts)
                .containsExactly(new DeviceCodePrompt(
                        "QUAY-SIDE",
                        URI.create("https://login.example/device"),
                        clock.start().plusSeconds(900),
                        "Go there and type that."));
        assertThat(authority.paths()).containsExactly("/" + TENANT + "/oauth2/v2.0/devicecode");
        assertThat(authority.forms().get(0))
                .containsOnly(Map.entry("client_id", CLIENT), Map.entry("scope", SCOPE + " offline_access"));
        pass(4);
        assertThat(authority.forms()).hasSize(1);
        pass(1);
        assertThat(authority.forms()).hasSize(2);
        assertThat(authority.paths().get(1)).isEqualTo("/" + TENANT + "/oauth2/v2.0/token");
        assertThat(authority.forms().get(1))
                .containsOnly(
                        Map.entry("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                        Map.entry("device_code", DEVICE_CODE),
                        Map.entry("client_id", CLIENT),
                        Map.entry("scope", SCOPE + " offline_access"));
        pass(5);
        assertThat(issued).hasValue(null);
        pass(5);
        assertThat(issued.get().value()).isEqualTo("access-1");
        assertThat(issued.get().expiresAt()).isEqualTo(clock.start().plusSeconds(15 + 3600));
        pass(1000);
        assertThat(authority.forms()).hasSize(4);
    }

    @Test
    void shouldAskMoreSlowlyWhenToldSoAndStaySlow() {
        authority.says(200, CODE).says(400, SLOW_DOWN).says(400, PENDING).says(200, TOKENS);
        ask(builder().build());
        pass(5);
        assertThat(authority.forms()).hasSize(2);
        pass(9);
        assertThat(authority.forms()).hasSize(2);
        pass(1);
        assertThat(authority.forms()).hasSize(3);
        pass(9);
        assertThat(authority.forms()).hasSize(3);
        pass(1);
        assertThat(issued.get()).isNotNull();
    }

    @Test
    void shouldAskOnThroughTroubleThatPasses() {
        authority
                .says(200, CODE)
                .fails(new ConnectionException("reset", true, ErrorContext.NONE, null))
                .says(503, "")
                .says(429, "")
                .says(200, TOKENS);
        ask(builder().build());
        pass(5 + 10 + 15 + 20);
        assertThat(issued.get()).isNotNull();
        assertThat(authority.forms()).hasSize(5);
    }

    @Test
    void shouldWaitAsLongAsABusyAuthorityAsks() {
        authority
                .says(200, CODE)
                .says(429, Map.of("Retry-After", "60"), "")
                .says(400, PENDING)
                .says(200, TOKENS);
        ask(builder().build());
        pass(5);
        assertThat(authority.forms()).hasSize(2);
        pass(59);
        assertThat(authority.forms()).hasSize(2);
        pass(1);
        assertThat(authority.forms()).hasSize(3);
        pass(10);
        assertThat(issued.get()).as("the wait was asked for once").isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_declined,declined",
        "access_denied,declined",
        "expired_token,get a new code",
        "bad_verification_code,get a new code",
        "invalid_client,secret or certificate",
    })
    void shouldStopWhenItIsOver(String error, String advice) {
        authority
                .says(200, CODE)
                .says(400, "{\"error\":\"" + error + "\",\"error_description\":\"" + DEVICE_CODE + "\"}");
        ask(builder().build());
        pass(5);
        assertThat(failed.get())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(error)
                .hasMessageContaining(advice)
                .hasMessageNotContaining(DEVICE_CODE);
        pass(1000);
        assertThat(authority.forms()).hasSize(2);
    }

    /** Some authorities and gateways refuse with status 200. */
    @Test
    void shouldGoByTheErrorAndNotByTheStatus() {
        authority.says(200, CODE).says(200, PENDING).says(200, SLOW_DOWN).says(200, TOKENS);
        DeviceCodeCredential credential = builder().build();
        ask(credential);
        pass(5 + 5 + 10);
        assertThat(issued.get().value()).isEqualTo("access-1");
        ScriptedAuthority refusing = new ScriptedAuthority().says(200, "{\"error\":\"invalid_client\"}");
        ask(builder().transport(refusing).build());
        assertThat(failed.get()).isInstanceOf(AuthenticationException.class).hasMessageContaining("invalid_client");
    }

    @Test
    void shouldStopWhenTheCodeHasExpired() {
        authority.says(200, CODE).says(400, PENDING);
        ask(builder().build());
        pass(899);
        assertThat(failed).hasValue(null);
        int asked = authority.forms().size();
        pass(1);
        assertThat(failed.get()).isInstanceOf(AuthenticationException.class).hasMessageContaining("No user signed in");
        pass(1000);
        assertThat(authority.forms()).hasSize(asked);
    }

    @Test
    void shouldStopAskingOnCancel() {
        authority.says(200, CODE).says(400, PENDING);
        Disposable running = ask(builder().build());
        pass(20);
        assertThat(authority.forms()).hasSize(5);
        running.dispose();
        pass(1000);
        assertThat(authority.forms()).hasSize(5);
    }

    @Test
    void shouldGiveUpAQuestionOnCancel() {
        authority.says(200, CODE).hangs();
        Disposable running = ask(builder().build());
        pass(5);
        running.dispose();
        assertThat(authority.cancelled()).isEqualTo(1);
    }

    @Test
    void shouldAskWhenThePromptIsShownAndNotBefore() {
        authority.says(200, CODE).says(200, TOKENS);
        Sinks.Empty<Void> shown = Sinks.empty();
        ask(builder().prompt(prompt -> shown.asMono()).build());
        pass(100);
        assertThat(authority.forms()).hasSize(1);
        shown.tryEmitEmpty();
        pass(5);
        assertThat(issued.get()).isNotNull();
    }

    @Test
    void shouldEndWithTheErrorOfThePrompt() {
        authority.says(200, CODE);
        ask(builder()
                .prompt(prompt -> Mono.error(new IllegalStateException("no screen")))
                .build());
        assertThat(failed.get()).hasMessage("no screen");
    }

    @Test
    void shouldUseDefaultsForWhatTheAuthorityLeavesOut() {
        authority
                .says(
                        200,
                        "{\"device_code\":\"" + DEVICE_CODE
                                + "\",\"user_code\":\"U\",\"verification_uri\":\"https://login.example/d\",\"interval\":\"7\"}")
                .says(200, TOKENS);
        ask(builder().build());
        assertThat(prompts.get(0).expiresAt()).isEqualTo(clock.start().plusSeconds(900));
        assertThat(prompts.get(0).message()).isEqualTo("Open https://login.example/d and enter the code U");
        pass(6);
        assertThat(issued).hasValue(null);
        pass(1);
        assertThat(issued.get()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "{}",
                "{\"device_code\":\"d\",\"user_code\":\"u\"}",
                "{\"device_code\":\"d\",\"user_code\":\"u\",\"verification_uri\":\"no uri at all\"}"
            })
    void shouldSayThatSomethingElseAnswers(String body) {
        authority.says(200, body);
        ask(builder().build());
        assertThat(failed.get()).isInstanceOf(DecodeException.class).hasMessageContaining("no device code");
        assertThat(prompts).isEmpty();
    }

    @Test
    void shouldPassARefusalOfACode() {
        authority.says(400, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000218: Public.\"}");
        ask(builder().build());
        assertThat(failed.get())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("allow public client flows");
        ScriptedAuthority busy = new ScriptedAuthority().says(503, "");
        ask(builder().transport(busy).build());
        assertThat(failed.get()).isInstanceOf(ServiceException.class);
    }

    @Test
    void shouldSignInOnceAndThenUseTheRefreshToken() {
        authority
                .says(200, CODE)
                .says(200, TOKENS)
                .says(200, "{\"access_token\":\"access-2\",\"expires_in\":3600,\"refresh_token\":\"refresh-2\"}")
                .says(200, "{\"access_token\":\"access-3\",\"expires_in\":3600}");
        DeviceCodeCredential credential = builder().build();
        ask(credential);
        pass(5);
        ask(credential);
        ask(credential);
        assertThat(issued.get().value()).isEqualTo("access-3");
        assertThat(prompts).hasSize(1);
        assertThat(authority.forms().get(2))
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "refresh-1")
                .containsEntry("client_id", CLIENT);
        assertThat(authority.forms().get(3)).containsEntry("refresh_token", "refresh-2");
    }

    @Test
    void shouldAskThePersonOnceForTwoScopes() {
        authority
                .says(200, CODE)
                .says(200, TOKENS)
                .says(200, "{\"access_token\":\"access-2\",\"expires_in\":3600,\"refresh_token\":\"refresh-2\"}");
        DeviceCodeCredential credential = builder().build();
        ask(credential);
        AtomicReference<AccessToken> other = new AtomicReference<>();
        credential.getToken(TokenRequest.of("https://graph.example/.default")).subscribe(other::set);
        pass(5);
        assertThat(issued.get().value()).isEqualTo("access-1");
        assertThat(other.get().value()).isEqualTo("access-2");
        assertThat(prompts).hasSize(1);
        assertThat(authority.forms().get(2)).containsEntry("scope", "https://graph.example/.default offline_access");
    }

    @Test
    void shouldProveWhoTheApplicationIsWhenItCan() {
        authority.says(200, CODE).says(200, TOKENS);
        DeviceCodeCredential credential = builder()
                .clientAssertion(() -> Mono.just("assertion-of-the-test"))
                .build();
        ask(credential);
        pass(5);
        assertThat(authority.forms())
                .allSatisfy(form -> assertThat(form)
                        .containsEntry("client_assertion", "assertion-of-the-test")
                        .containsEntry("client_id", CLIENT));
    }

    @Test
    void shouldAnswerAClaimsChallenge() {
        authority.says(200, CODE).says(200, TOKENS);
        builder()
                .build()
                .getToken(TokenRequest.of(SCOPE).withClaims("{\"a\":1}"))
                .subscribe(issued::set, failed::set);
        pass(5);
        assertThat(authority.forms()).allSatisfy(form -> assertThat(form).containsEntry("claims", "{\"a\":1}"));
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThat(builder().build().isInteractive()).isTrue();
        assertThatThrownBy(() -> DeviceCodeCredential.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: tenantId, clientId, transport, prompt");
    }
}
