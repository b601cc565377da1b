package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TestKeys;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class OnBehalfOfCredentialTest {

    private static final String SECRET = "secret-of-the-service";

    @AutoClose
    private final TestAuthority authority = new TestAuthority();

    private OnBehalfOfCredential credential() {
        return authority
                .at(OnBehalfOfCredential.builder().clientSecret(() -> SECRET))
                .build();
    }

    /** The token a user calls with. */
    private static UserAssertion user(String name) {
        return UserAssertion.of(
                part("{\"alg\":\"RS256\"}") + "." + part("{\"upn\":\"" + name + "\"}") + "." + part(name));
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whose assertion a form holds. */
    private static String name(String form) {
        String assertion = TestAuthority.parameters(form).get("assertion");
        return new String(Base64.getUrlDecoder().decode(assertion.split("\\.")[2]), StandardCharsets.UTF_8);
    }

    @Test
    void shouldSendTheUsersToken() {
        UserAssertion ann = user("ann");
        TestAuthority.token(credential().getToken(REQUEST.onBehalfOf(ann)));
        assertThat(authority.form(0))
                .containsOnly(
                        Map.entry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                        Map.entry("client_id", CLIENT),
                        Map.entry("client_secret", SECRET),
                        Map.entry("assertion", ann.value()),
                        Map.entry("scope", SCOPE),
                        Map.entry("requested_token_use", "on_behalf_of"));
    }

    @Test
    void shouldProveTheApplicationByACertificate() {
        TestAuthority.token(authority
                .at(OnBehalfOfCredential.builder()
                        .clientCertificate(ClientCertificate.of(
                                TestKeys.RSA.getKeyPair().getPrivate(), TestKeys.RSA.getCertificate())))
                .build()
                .getToken(REQUEST.onBehalfOf(user("ann"))));
        assertThat(authority.form(0))
                .containsKeys("assertion", "client_assertion", "client_assertion_type")
                .doesNotContainKey("client_secret");
    }

    @Test
    void shouldWantAUser() {
        assertThat(TestAuthority.failure(
                        AuthenticationException.class, credential().getToken(REQUEST)))
                .hasMessageContaining("no user assertion");
        String opaque = "opaque-token-of-the-user";
        assertThat(TestAuthority.failure(
                        AuthenticationException.class,
                        credential().getToken(REQUEST.onBehalfOf(UserAssertion.of(opaque))),
                        opaque))
                .hasMessageContaining("not a signed JWT");
        assertThatThrownBy(() -> UserAssertion.of(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThat(authority.server.requests()).isEmpty();
    }

    /** The token of the application, or of whoever is signed in, may allow what the user may not do. */
    @Test
    @SuppressWarnings("deprecation") // it must not act for another user either
    void shouldBeTheOnlyOneThatActsForTheUserOfACall() {
        Map<String, String> machine = Map.of(
                "AZURE_POD_IDENTITY_AUTHORITY_HOST", authority.server.uri("/").toString());
        List<TokenCredential> others = List.of(
                authority
                        .at(ClientSecretCredential.builder().secret(() -> SECRET))
                        .build(),
                authority
                        .at(ClientCertificateCredential.builder()
                                .certificate(ClientCertificate.of(
                                        TestKeys.RSA.getKeyPair().getPrivate(), TestKeys.RSA.getCertificate())))
                        .build(),
                authority
                        .at(WorkloadIdentityCredential.builder().assertion(() -> Mono.just("assertion-of-the-pod")))
                        .build(),
                authority
                        .at(UsernamePasswordCredential.builder()
                                .username("bob@harbour.example")
                                .password(() -> "password-of-the-test"))
                        .build(),
                authority
                        .at(RefreshTokenCredential.builder().store(RefreshTokenStore.inMemory("refresh-of-the-test")))
                        .build(),
                authority
                        .at(DeviceCodeCredential.builder().prompt(prompt -> Mono.empty()))
                        .build(),
                authority
                        .at(AuthorizationCodeCredential.builder().open(address -> Mono.empty()))
                        .build(),
                ManagedIdentityCredential.builder().environment(() -> machine).build());
        for (TokenCredential other : others) {
            assertThat(TestAuthority.failure(
                            AuthenticationException.class, other.getToken(REQUEST.onBehalfOf(user("ann")))))
                    .as(other.toString())
                    .hasMessageContaining("OnBehalfOfCredential");
        }
        assertThat(authority.server.requests()).isEmpty();
    }

    @Test
    void shouldPassTheChallengeToWhoeverCanAskTheUser() {
        authority.server.answer(TestAuthority.refusal(
                "interaction_required", 50079, ",\"claims\":\"{\\\"access_token\\\":{\\\"polids\\\":{}}}\""));
        UserAssertion ann = user("ann");
        AuthenticationException error = TestAuthority.failure(
                AuthenticationException.class, credential().getToken(REQUEST.onBehalfOf(ann)), ann.value(), SECRET);
        assertThat(error).hasMessageContaining("another factor");
        assertThat(error.claims()).isEqualTo("{\"access_token\":{\"polids\":{}}}");
        TokenCache cache = TokenCache.builder(credential())
                .clock(Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC))
                .build();
        for (int i = 0; i < 2; i++) {
            assertThat(TestAuthority.failure(AuthenticationException.class, cache.get(REQUEST.onBehalfOf(ann)))
                            .claims())
                    .isEqualTo(error.claims());
        }
    }

    @Test
    void shouldNotRepeatTheUsersTokenWhenTheAuthorityDoes() {
        UserAssertion ann = user("ann");
        authority.server.answer(Answer.status(400)
                .body("{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50013: " + ann.value() + "\"}"));
        TestAuthority.failure(
                AuthenticationException.class, credential().getToken(REQUEST.onBehalfOf(ann)), ann.value(), SECRET);
    }

    @Test
    void shouldNeverGiveOneUserTheTokenOfAnother() {
        authority.server.answer(request ->
                TestAuthority.tokens("token-of-" + name(request.body())).slowly(30, Duration.ofMillis(1)));
        TokenCache cache = TokenCache.builder(credential())
                .clock(Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC))
                .build();
        int users = 20;
        StepVerifier.create(Flux.range(0, 2_000)
                        .flatMap(
                                i -> {
                                    String name = "user-" + i % users;
                                    return cache.get(REQUEST.onBehalfOf(user(name)))
                                            .subscribeOn(Schedulers.boundedElastic())
                                            .map(token -> token.value().equals("token-of-" + name));
                                },
                                200)
                        .distinct()
                        .collectList())
                .assertNext(same -> assertThat(same).containsExactly(true))
                .expectComplete()
                .verify(TestAuthority.PATIENCE);
        assertThat(authority.server.requests())
                .hasSize(users)
                .extracting(request -> name(request.body()))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldForgetOnlyTheTokenOfTheUserWhoWasRefused() {
        authority.server.answer(request -> TestAuthority.tokens("token-of-" + name(request.body())));
        TokenCache cache = TokenCache.builder(credential())
                .clock(Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC))
                .build();
        AccessToken ann = TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("ann"))));
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("bob"))));
        cache.invalidate(REQUEST.onBehalfOf(user("ann")), ann);
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("bob"))));
        assertThat(authority.server.requests()).hasSize(2);
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("ann"))));
        assertThat(authority.server.requests()).hasSize(3);
    }

    @Test
    void shouldHoldNoMoreUsersThanAllowedAndForgetTheGoneFirst() {
        TestClock clock = new TestClock(TestAuthority.NOW);
        AtomicInteger requests = new AtomicInteger();
        TokenCache cache = TokenCache.builder(request -> Mono.fromSupplier(() -> {
                    requests.incrementAndGet();
                    boolean shortly = request.user().equals(user("brief"));
                    return AccessToken.of("t" + requests, clock.instant().plusSeconds(shortly ? 10 : 3600));
                }))
                .clock(clock)
                .maxTokens(3)
                .build();
        for (String name : new String[] {"ann", "brief", "bob"}) {
            TestAuthority.token(cache.get(REQUEST.onBehalfOf(user(name))));
        }
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("brief"))));
        clock.advance(Duration.ofSeconds(11));
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("cid"))));
        assertThat(requests).hasValue(4);
        // ann was not used for longest, but the brief one had ended
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("ann"))));
        assertThat(requests).hasValue(4);
        // now bob is the one not used for longest
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("dan"))));
        assertThat(requests).hasValue(5);
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("cid"))));
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("ann"))));
        assertThat(requests).hasValue(5);
        TestAuthority.token(cache.get(REQUEST.onBehalfOf(user("bob"))));
        assertThat(requests).hasValue(6);
        assertThatThrownBy(() -> TokenCache.builder(request -> Mono.empty()).maxTokens(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTellUsersApartWithoutShowingThem() {
        assertThat(user("ann"))
                .isEqualTo(user("ann"))
                .hasSameHashCodeAs(user("ann"))
                .isNotEqualTo(user("bob"));
        assertThat(user("ann").toString()).matches("UserAssertion\\[[0-9a-f]{8}]");
        assertThat(REQUEST.onBehalfOf(user("ann")).toString())
                .doesNotContain(user("ann").value());
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThatThrownBy(() -> authority.at(OnBehalfOfCredential.builder()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: clientSecret, clientCertificate or clientAssertion");
        assertThat(credential().toString()).contains(CLIENT).doesNotContain(SECRET);
    }
}
