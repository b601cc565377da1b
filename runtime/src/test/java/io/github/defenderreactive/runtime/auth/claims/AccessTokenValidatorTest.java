package io.github.defenderreactive.runtime.auth.claims;

import static io.github.defenderreactive.runtime.auth.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TestKeys;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.JwtMaker;
import io.github.defenderreactive.testing.VirtualClock;
import io.netty.pkitesting.X509Bundle;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

class AccessTokenValidatorTest {

    private static final String ISSUER = "https://login.example/tenant/v2.0";
    private static final String AUDIENCE = "api://harbour";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Clock clock = new VirtualClock(time, Instant.parse("2026-11-23T12:00:00Z"));
    private TestAuthority authority;

    @BeforeEach
    void start() throws Exception {
        authority = new TestAuthority();
        authority.server.answer(keys("key-1", TestKeys.RSA));
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    private AccessTokenValidator.Builder builder() {
        return AccessTokenValidator.builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .keys(authority.server.uri("/discovery/keys"))
                .transport(authority.transport)
                .clock(clock);
    }

    private static Answer keys(Object... idsAndKeys) {
        StringBuilder out = new StringBuilder("{\"keys\":[");
        for (int i = 0; i < idsAndKeys.length; i += 2) {
            RSAPublicKey key =
                    (RSAPublicKey) ((X509Bundle) idsAndKeys[i + 1]).getKeyPair().getPublic();
            out.append(i == 0 ? "" : ",")
                    .append("{\"kty\":\"RSA\",\"use\":\"sig\",\"kid\":\"")
                    .append(idsAndKeys[i])
                    .append("\",\"n\":\"")
                    .append(number(key.getModulus()))
                    .append("\",\"e\":\"")
                    .append(number(key.getPublicExponent()))
                    .append("\"}");
        }
        return Answer.json(out.append("]}").toString());
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] unsigned = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    private static String claims(String issuer, String audience, long begin, long end) {
        return "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"nbf\":" + begin + ",\"exp\":" + end
                + ",\"roles\":[\"Berth.Read\"]}";
    }

    private static String good() {
        return claims(ISSUER, AUDIENCE, NOW.getEpochSecond(), NOW.getEpochSecond() + 3600);
    }

    private static AccessToken token(String key, String claims, X509Bundle signer) {
        return AccessToken.of(
                JwtMaker.signed(
                        "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + key + "\"}",
                        claims,
                        signer.getKeyPair().getPrivate()),
                Instant.MAX);
    }

    private AuthenticationException refused(AccessToken token) {
        return TestAuthority.failure(
                AuthenticationException.class, builder().build().validate(token), token.value());
    }

    @Test
    void shouldAcceptATokenOfTheIssuerForTheAudience() {
        AccessTokenClaims claims =
                builder().build().validate(token("key-1", good(), TestKeys.RSA)).block(TestAuthority.PATIENCE);
        assertThat(claims.roles()).containsExactly("Berth.Read");
        assertThat(authority.server.requests().get(0).uri()).isEqualTo("/discovery/keys");
    }

    @Test
    void shouldRefuseAnotherSignature() {
        assertThat(refused(token("key-1", good(), TestKeys.RENEWED)))
                .hasMessageContaining("no key of the issuer has signed it")
                .hasMessageContaining("key-1");
        AccessToken token = token("key-1", good(), TestKeys.RSA);
        String[] parts = token.value().split("\\.");
        String changed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(good().replace("Berth.Read", "Berth.Write").getBytes(StandardCharsets.UTF_8));
        refused(AccessToken.of(parts[0] + "." + changed + "." + parts[2], Instant.MAX));
    }

    @Test
    void shouldRefuseAlgorithmsThatProveNothing() throws Exception {
        String none = part("{\"alg\":\"none\",\"kid\":\"key-1\"}") + "." + part(good()) + ".";
        refused(AccessToken.of(none, Instant.MAX));
        // the public key, which everybody has, taken for a shared secret
        String content = part("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}") + "." + part(good());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TestKeys.RSA.getKeyPair().getPublic().getEncoded(), "HmacSHA256"));
        refused(AccessToken.of(
                content + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII))),
                Instant.MAX));
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayWhatIsWrong() {
        long now = NOW.getEpochSecond();
        assertThat(refused(token("key-1", claims("https://evil.example", AUDIENCE, now, now + 60), TestKeys.RSA)))
                .hasMessageContaining("its issuer is https://evil.example");
        assertThat(refused(token("key-1", claims(ISSUER, "api://other", now, now + 60), TestKeys.RSA)))
                .hasMessageContaining("it is for [api://other]")
                .hasMessageContaining(AUDIENCE);
        assertThat(refused(token("key-1", "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\"}", TestKeys.RSA)))
                .hasMessageContaining("has no expiry time");
        assertThat(refused(token("key-1", "{}", TestKeys.RSA))).hasMessageContaining("its issuer is null");
        assertThat(refused(AccessToken.of("opaque-value-of-a-token", Instant.MAX)))
                .hasMessageContaining("not a signed JSON web token");
    }

    @ParameterizedTest
    @CsvSource({"-3600,-119,true", "-3600,-120,false", "120,3600,true", "121,3600,false"})
    void shouldAllowForClocksThatDiffer(int begin, int end, boolean valid) {
        long now = NOW.getEpochSecond();
        AccessToken token = token("key-1", claims(ISSUER, AUDIENCE, now + begin, now + end), TestKeys.RSA);
        if (valid) {
            assertThat(builder().build().validate(token).block(TestAuthority.PATIENCE))
                    .isNotNull();
        } else {
            refused(token);
        }
    }

    @Test
    void shouldFetchTheKeysOnceForAll() {
        AccessTokenValidator validator = builder().build();
        authority.server.answer(keys("key-1", TestKeys.RSA).slowly(50, Duration.ofMillis(1)));
        AccessToken token = token("key-1", good(), TestKeys.RSA);
        assertThat(Flux.range(0, 100)
                        .flatMap(i -> validator.validate(token), 100)
                        .count()
                        .block(TestAuthority.PATIENCE))
                .isEqualTo(100);
        assertThat(authority.server.requests()).hasSize(1);
        time.advanceTimeBy(Duration.ofMinutes(59));
        validator.validate(token).block(TestAuthority.PATIENCE);
        assertThat(authority.server.requests()).hasSize(1);
    }

    @Test
    void shouldFetchTheKeysAgainWhenTheIssuerHasNewOnes() {
        AccessTokenValidator validator = builder().build();
        validator.validate(token("key-1", good(), TestKeys.RSA)).block(TestAuthority.PATIENCE);
        authority.server.answer(keys("key-1", TestKeys.RSA, "key-2", TestKeys.RENEWED));
        time.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(validator.validate(token("key-2", good(), TestKeys.RENEWED)).block(TestAuthority.PATIENCE))
                .isNotNull();
        assertThat(authority.server.requests()).hasSize(2);
    }

    @Test
    void shouldNotBeMadeToFetchByInventedKeys() {
        AccessTokenValidator validator = builder().build();
        for (int i = 0; i < 50; i++) {
            TestAuthority.failure(
                    AuthenticationException.class,
                    validator.validate(token("invented-" + i, good(), TestKeys.RENEWED)));
        }
        assertThat(authority.server.requests()).hasSize(1);
        time.advanceTimeBy(Duration.ofMinutes(5));
        TestAuthority.failure(
                AuthenticationException.class, validator.validate(token("invented", good(), TestKeys.RENEWED)));
        assertThat(authority.server.requests()).hasSize(2);
    }

    @Test
    void shouldAskAgainAfterAFailure() {
        AccessTokenValidator validator = builder().build();
        AccessToken token = token("key-1", good(), TestKeys.RSA);
        authority.server.answer(Answer.status(503));
        TestAuthority.failure(ServiceException.class, validator.validate(token));
        authority.server.answer(Answer.json("<html>"));
        TestAuthority.failure(DecodeException.class, validator.validate(token));
        authority.server.answer(keys("key-1", TestKeys.RSA));
        assertThat(validator.validate(token).block(TestAuthority.PATIENCE)).isNotNull();
    }

    @Test
    void shouldKeepTheKeysThroughAnOutageOfTheIssuer() {
        AccessTokenValidator validator = builder().build();
        AccessToken token = token("key-1", good(), TestKeys.RSA);
        validator.validate(token).block(TestAuthority.PATIENCE);
        authority.server.answer(Answer.status(503));
        time.advanceTimeBy(Duration.ofMinutes(5));
        TestAuthority.failure(ServiceException.class, validator.validate(token("invented", good(), TestKeys.RENEWED)));
        assertThat(validator.validate(token).block(TestAuthority.PATIENCE)).isNotNull();
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThatThrownBy(() -> AccessTokenValidator.builder().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder().clockSkew(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(builder().build().toString()).contains(ISSUER, AUDIENCE);
    }
}
