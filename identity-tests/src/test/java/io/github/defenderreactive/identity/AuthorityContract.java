package io.github.defenderreactive.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.claims.AccessTokenValidator;
import io.github.defenderreactive.runtime.auth.oauth.AuthorizationCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificateCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.auth.oauth.DeviceCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.DeviceCodePrompt;
import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import io.github.defenderreactive.runtime.auth.oauth.RefreshTokenCredential;
import io.github.defenderreactive.runtime.auth.oauth.RefreshTokenStore;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.testing.SecretGuard;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What must hold at every authorization server that follows the standards. Each test asks as a user's program does. */
abstract class AuthorityContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TokenRequest REQUEST = TokenRequest.of(Registrations.SCOPE);

    private final CountingTransport transport = new CountingTransport();

    abstract Authority authority();

    abstract Identity identity();

    @AfterEach
    void close() {
        transport.close();
    }

    private <B extends OAuthCredentialBuilder<B>> B client(B credential, String clientId) {
        return authority().at(credential).clientId(clientId).transport(transport);
    }

    @BeforeAll
    static void keepSecrets() {
        SecretGuard.keep(Registrations.SECRET);
        SecretGuard.keep(Registrations.WEB_SECRET);
    }

    private ClientSecretCredential withSecret(String clientId, String secret) {
        return client(ClientSecretCredential.builder(), clientId)
                .secret(() -> secret)
                .build();
    }

    private static AccessToken token(TokenCredential credential) {
        return TokenCache.of(credential).get(REQUEST).block(PATIENCE);
    }

    private static AuthenticationException refusal(TokenCredential credential, TokenRequest request) {
        return catchThrowableOfType(
                AuthenticationException.class,
                () -> TokenCache.of(credential).get(request).block(PATIENCE));
    }

    /** The claims of a token whose signature, issuer and lifetime are checked with nothing of this library. */
    private JWTClaimsSet verified(AccessToken token) {
        try {
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    JWSAlgorithm.RS256,
                    JWKSourceBuilder.create(authority().keys().toURL()).build()));
            JWTClaimsSet claims = processor.process(token.value(), null);
            assertThat(claims.getIssuer()).isEqualTo(authority().issuer());
            Instant ends = claims.getExpirationTime().toInstant();
            assertThat(token.expiresAt()).isAfter(Instant.now()).isBetween(ends.minusSeconds(30), ends.plusSeconds(1));
            return claims;
        } catch (Exception e) {
            throw new AssertionError("Not a token of " + authority(), e);
        }
    }

    private void isFor(AccessToken token, String clientId) {
        JWTClaimsSet claims = verified(token);
        assertThat(claims.getClaim("azp")).isEqualTo(clientId);
        assertThat(claims.getAudience()).contains(Registrations.RESOURCE);
        assertThat(String.valueOf(claims.getClaim("scope"))).contains(Registrations.SCOPE);
    }

    private void isOfTheUser(AccessToken token, String clientId) {
        isFor(token, clientId);
        JWTClaimsSet claims = verified(token);
        assertThat(String.valueOf(claims.getClaim("preferred_username")) + " " + claims.getSubject())
                .contains(Registrations.USER);
    }

    @Test
    void shouldGetATokenWithASecret() {
        isFor(token(withSecret(Registrations.SECRET_CLIENT, Registrations.SECRET)), Registrations.SECRET_CLIENT);
    }

    @Test
    void shouldTellATokenOfTheServerFromOthers() {
        AccessToken token = token(withSecret(Registrations.SECRET_CLIENT, Registrations.SECRET));
        String[] parts = token.value().split("\\.");
        AccessToken changed = AccessToken.of(
                parts[0] + "." + parts[1] + "." + new StringBuilder(parts[2]).reverse(), token.expiresAt());

        assertThat(validator(Registrations.RESOURCE)
                        .validate(token)
                        .block(PATIENCE)
                        .applicationId())
                .isEqualTo(Registrations.SECRET_CLIENT);
        assertThat(catchThrowableOfType(
                        AuthenticationException.class,
                        () -> validator(Registrations.RESOURCE)
                                .validate(changed)
                                .block(PATIENCE)))
                .hasMessageContaining("no key of the issuer has signed it");
        assertThat(catchThrowableOfType(
                        AuthenticationException.class,
                        () -> validator("https://elsewhere.example")
                                .validate(token)
                                .block(PATIENCE)))
                .hasMessageContaining("not for one of [https://elsewhere.example]");
    }

    private AccessTokenValidator validator(String audience) {
        return AccessTokenValidator.builder()
                .issuer(authority().issuer())
                .audience(audience)
                .keys(authority().keys())
                .transport(transport)
                .build();
    }

    @Test
    void shouldAskOnceForAThousandCallers() {
        TokenCache cache = TokenCache.of(withSecret(Registrations.SECRET_CLIENT, Registrations.SECRET));

        List<String> tokens = Flux.range(0, 1_000)
                .parallel(4)
                .runOn(Schedulers.parallel())
                .flatMap(caller -> cache.get(REQUEST))
                .map(AccessToken::value)
                .sequential()
                .distinct()
                .collectList()
                .block(PATIENCE);

        assertThat(tokens).hasSize(1);
        assertThat(transport.requests()).isEqualTo(1);
    }

    @Test
    void shouldGetATokenWithACertificate() {
        ClientCertificateCredential credential = client(
                        ClientCertificateCredential.builder(), Registrations.PS256_CLIENT)
                .certificate(identity().certificate())
                .build();

        isFor(token(credential), Registrations.PS256_CLIENT);
        isFor(token(credential), Registrations.PS256_CLIENT);
    }

    @Test
    void shouldGetATokenWithACertificateAndTheOlderSignature() {
        ClientCertificateCredential credential = client(
                        ClientCertificateCredential.builder(), Registrations.RS256_CLIENT)
                .certificate(identity().certificate())
                .rs256()
                .build();

        isFor(token(credential), Registrations.RS256_CLIENT);
    }

    @Test
    void shouldSayThatACertificateIsNotTheRegisteredOne() {
        AuthenticationException refusal = refusal(
                client(ClientCertificateCredential.builder(), Registrations.PS256_CLIENT)
                        .certificate(Identity.certificate(Identity.newBundle()))
                        .build(),
                REQUEST);

        assertThat(refusal).hasMessageContaining("Check the client id and its secret or certificate");
        assertThat(refusal.status()).isBetween(400, 401);
    }

    @Test
    void shouldSayThatASecretIsWrong() {
        String wrong = Registrations.SECRET + "?";
        AuthenticationException refusal = refusal(withSecret(Registrations.SECRET_CLIENT, wrong), REQUEST);

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal)
                .hasMessageContaining("Check the client id and its secret or certificate")
                .hasMessageNotContaining(wrong);
    }

    @Test
    void shouldSayThatAClientIsUnknown() {
        AuthenticationException refusal = refusal(withSecret("harbour-stranger", Registrations.SECRET), REQUEST);

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal)
                .hasMessageContaining("invalid_client")
                .hasMessageContaining("Check the client id and its secret or certificate");
    }

    @Test
    void shouldSayThatAScopeIsWrong() {
        AuthenticationException refusal = refusal(
                withSecret(Registrations.SECRET_CLIENT, Registrations.SECRET),
                TokenRequest.of("https://elsewhere.example/.default"));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.serviceCode()).isEqualTo("invalid_scope");
        assertThat(refusal).hasMessageContaining("Check the scope");
    }

    private static Function<URI, Mono<Void>> browsing(Browser browser, AtomicInteger opened) {
        return address -> Mono.<Void>fromCallable(() -> {
                    opened.incrementAndGet();
                    browser.open(address);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Test
    void shouldSignAUserInWithABrowser() {
        AtomicInteger opened = new AtomicInteger();
        AuthorizationCodeCredential credential = client(
                        AuthorizationCodeCredential.builder(), Registrations.DESKTOP_CLIENT)
                .open(browsing(Browser.thatConsents(), opened))
                .build();

        isOfTheUser(token(credential), Registrations.DESKTOP_CLIENT);
        assertThat(opened).hasValue(1);
    }

    @Test
    void shouldSayThatTheUserDoesNotConsent() {
        AuthorizationCodeCredential credential = client(
                        AuthorizationCodeCredential.builder(), Registrations.DESKTOP_CLIENT)
                .open(browsing(Browser.thatDeclines(), new AtomicInteger()))
                .build();

        assertThat(refusal(credential, REQUEST).serviceCode()).isEqualTo("access_denied");
    }

    @Test
    void shouldReplaceTheRefreshTokenWithEveryUse() {
        AtomicInteger opened = new AtomicInteger();
        Keeping store = new Keeping();
        AuthorizationCodeCredential credential = client(AuthorizationCodeCredential.builder(), Registrations.WEB_CLIENT)
                .clientSecret(() -> Registrations.WEB_SECRET)
                .open(browsing(Browser.thatConsents(), opened))
                .store(store)
                .build();
        TokenCache cache = TokenCache.of(credential);

        AccessToken first = cache.get(REQUEST).block(PATIENCE);
        // Keycloak tells an older refresh token from a newer one by whole seconds
        Mono.delay(Duration.ofMillis(1_100)).block(PATIENCE);
        cache.invalidate(REQUEST, first);
        AccessToken second = cache.get(REQUEST).block(PATIENCE);
        isOfTheUser(second, Registrations.WEB_CLIENT);

        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(opened).as("sign-ins").hasValue(1);
        assertThat(store.saved()).hasSize(2).doesNotHaveDuplicates();
        assertThat(store.load().block(PATIENCE)).isEqualTo(store.saved().get(1));

        AccessToken third = token(signedInElsewhere(store));
        isOfTheUser(third, Registrations.WEB_CLIENT);
        assertThat(store.saved()).hasSize(3).doesNotHaveDuplicates();

        RefreshTokenStore old = RefreshTokenStore.inMemory(store.saved().get(0));
        CredentialUnavailableException refusal =
                catchThrowableOfType(CredentialUnavailableException.class, () -> token(signedInElsewhere(old)));
        assertThat(refusal)
                .hasMessageContaining("the user must sign in again")
                .hasMessageNotContaining(store.saved().get(0));
        assertThat(old.load().block(PATIENCE)).isNull();
    }

    private RefreshTokenCredential signedInElsewhere(RefreshTokenStore store) {
        return client(RefreshTokenCredential.builder(), Registrations.WEB_CLIENT)
                .clientSecret(() -> Registrations.WEB_SECRET)
                .store(store)
                .build();
    }

    private static URI withCode(DeviceCodePrompt prompt) {
        return URI.create(prompt.verificationUri() + "?user_code=" + prompt.userCode());
    }

    @Test
    void shouldSignAUserInOnAnotherDevice() {
        AtomicInteger opened = new AtomicInteger();
        Function<URI, Mono<Void>> person = browsing(Browser.thatConsents(), opened);
        DeviceCodeCredential credential = client(DeviceCodeCredential.builder(), Registrations.DEVICE_CLIENT)
                .prompt(prompt -> {
                    assertThat(prompt.expiresAt()).isAfter(Instant.now());
                    assertThat(prompt.message()).contains(prompt.userCode());
                    // the person takes some time, so that the first question comes too early
                    Mono.delay(Duration.ofSeconds(7))
                            .then(person.apply(withCode(prompt)))
                            .subscribe();
                    return Mono.empty();
                })
                .build();
        TokenCache cache = TokenCache.of(credential);

        AccessToken first = cache.get(REQUEST).block(PATIENCE);
        isOfTheUser(first, Registrations.DEVICE_CLIENT);
        assertThat(transport.requests()).as("code, too early, token").isGreaterThanOrEqualTo(3);

        cache.invalidate(REQUEST, first);
        isOfTheUser(cache.get(REQUEST).block(PATIENCE), Registrations.DEVICE_CLIENT);
        assertThat(opened).as("sign-ins").hasValue(1);
    }

    @Test
    void shouldSayThatTheUserDeclinesOnTheOtherDevice() {
        Function<URI, Mono<Void>> person = browsing(Browser.thatDeclines(), new AtomicInteger());
        DeviceCodeCredential credential = client(DeviceCodeCredential.builder(), Registrations.DEVICE_CLIENT)
                .prompt(prompt -> person.apply(withCode(prompt)))
                .build();

        assertThat(refusal(credential, REQUEST).serviceCode()).isEqualTo("access_denied");
    }
}
