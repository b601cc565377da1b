package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.testing.TestClock;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the login service believes of an application that signs, and of a platform that vouches for it. */
class ClientAssertionTest {

    private static final X509Bundle REGISTERED = certificate();
    private static final X509Bundle STRANGE = certificate();
    private static final String ENDPOINT = ServiceCaller.ROOT + Login.V2 + "token";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final Login login = new Login(DefenderEmulator.builder()
            .size(50)
            .clock(clock)
            .clientCertificate(REGISTERED.getCertificate())
            .federatedCredential("https://cluster.harbour.example", "system:serviceaccount:quay:sync", (RSAPublicKey)
                    REGISTERED.getKeyPair().getPublic()));

    private static X509Bundle certificate() {
        try {
            return new CertificateBuilder()
                    .subject("CN=signer.harbour.example")
                    .rsa2048()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private JWTClaimsSet.Builder own() {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .audience(ENDPOINT)
                .issuer(Login.CLIENT)
                .subject(Login.CLIENT)
                .jwtID(UUID.randomUUID().toString())
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    private JWTClaimsSet.Builder ofThePlatform() {
        return new JWTClaimsSet.Builder()
                .audience("api://AzureADTokenExchange")
                .issuer("https://cluster.harbour.example")
                .subject("system:serviceaccount:quay:sync")
                .expirationTime(Date.from(clock.instant().plusSeconds(3600)));
    }

    private static JWSHeader header(JWSAlgorithm algorithm, X509Bundle named) {
        return new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .x509CertSHA256Thumbprint(thumbprint("SHA-256", named))
                .build();
    }

    private static Base64URL thumbprint(String algorithm, X509Bundle named) {
        try {
            return Base64URL.encode(MessageDigest.getInstance(algorithm)
                    .digest(named.getCertificate().getEncoded()));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, X509Bundle by) {
        SignedJWT jwt = new SignedJWT(header, claims.build());
        try {
            jwt.sign(new RSASSASigner(by.getKeyPair().getPrivate()));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return signed(header(JWSAlgorithm.PS256, REGISTERED), claims, REGISTERED);
    }

    private static String vouched(JWTClaimsSet.Builder claims, X509Bundle by) {
        return signed(new JWSHeader(JWSAlgorithm.RS256), claims, by);
    }

    private ServiceCaller.Answer bring(String assertion) {
        return login.token(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
    }

    @Test
    @SuppressWarnings("deprecation")
    void shouldTakeBothSignaturesAndBothThumbprints() {
        assertThat(login.called(bring(signed(own())), "/api/alerts")).isEqualTo(200);
        assertThat(bring(signed(header(JWSAlgorithm.RS256, REGISTERED), own(), REGISTERED))
                        .status())
                .isEqualTo(200);
        JWSHeader older = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .x509CertThumbprint(thumbprint("SHA-1", REGISTERED))
                .build();
        assertThat(bring(signed(older, own(), REGISTERED)).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseACertificateThatIsNotRegistered() {
        Login.refused(bring(signed(header(JWSAlgorithm.PS256, STRANGE), own(), STRANGE)), "invalid_client", 700027);
    }

    @Test
    void shouldRefuseASignatureOfAnotherKey() {
        Login.refused(bring(signed(header(JWSAlgorithm.PS256, REGISTERED), own(), STRANGE)), "invalid_client", 700027);
    }

    @Test
    void shouldRefuseAnotherAlgorithm() {
        Login.refused(
                bring(signed(header(JWSAlgorithm.RS512, REGISTERED), own(), REGISTERED)), "invalid_client", 50027);
    }

    @Test
    void shouldRefuseWhatIsMadeOutToAnotherEndpoint() {
        Login.refused(bring(signed(own().audience(ENDPOINT + "/"))), "invalid_client", 50013);
    }

    @Test
    void shouldRefuseTheNameOfAnotherApplication() {
        Login.refused(bring(signed(own().issuer("somebody"))), "invalid_client", 700021);
        Login.refused(bring(signed(own().subject("somebody"))), "invalid_client", 700021);
    }

    @Test
    void shouldRefuseWhatIsOverOrYetToCome() {
        String assertion = signed(own());
        clock.advance(Duration.ofSeconds(600));
        Login.refused(bring(assertion), "invalid_client", 700024);
        Login.refused(
                bring(signed(own().notBeforeTime(Date.from(clock.instant().plusSeconds(1))))),
                "invalid_client",
                700024);
        Login.refused(bring(signed(own().expirationTime(null))), "invalid_client", 700024);
    }

    @Test
    void shouldTakeAnAssertionOnce() {
        String assertion = signed(own());
        assertThat(bring(assertion).status()).isEqualTo(200);
        Login.refused(bring(assertion), "invalid_client", 50013);
        Login.refused(bring(signed(own().jwtID(null))), "invalid_client", 50013);
    }

    @Test
    void shouldRefuseTheLookAlikeOfTheAssertionType() {
        Login.refused(
                login.token(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "client_assertion",
                        signed(own())),
                "invalid_client",
                50027);
        Login.refused(bring("no.jwt.atall"), "invalid_client", 50027);
    }

    @Test
    void shouldTakeTheWordOfThePlatform() {
        String assertion = vouched(ofThePlatform(), REGISTERED);

        assertThat(login.called(bring(assertion), "/api/machines")).isEqualTo(200);
        assertThat(bring(assertion).status()).as("once more").isEqualTo(200);
    }

    @Test
    void shouldTakeTheWordOfNoOtherPlatform() {
        Login.refused(bring(vouched(ofThePlatform().issuer("https://x.example"), REGISTERED)), "invalid_client", 70021);
        Login.refused(
                bring(vouched(ofThePlatform().subject("system:serviceaccount:Quay:sync"), REGISTERED)),
                "invalid_client",
                70021);
        Login.refused(
                bring(vouched(ofThePlatform().audience("https://x.example"), REGISTERED)), "invalid_client", 70021);
        Login.refused(bring(vouched(ofThePlatform(), STRANGE)), "invalid_client", 50012);
        String assertion = vouched(ofThePlatform(), REGISTERED);
        clock.advance(Duration.ofHours(1));
        Login.refused(bring(assertion), "invalid_client", 700024);
    }
}
