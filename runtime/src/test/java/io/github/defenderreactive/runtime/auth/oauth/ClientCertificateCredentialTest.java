package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.NOW;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TestKeys;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to the authority is taken apart with the JDK and Jackson, not with the library that made it. */
class ClientCertificateCredentialTest {

    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @AutoClose
    private final TestAuthority authority = new TestAuthority();

    private ClientCertificateCredential.Builder builder() {
        return authority.at(ClientCertificateCredential.builder().certificate(certificate(TestKeys.RSA)));
    }

    private static ClientCertificate certificate(X509Bundle bundle) {
        return ClientCertificate.of(
                bundle.getKeyPair().getPrivate(), bundle.getCertificate(), TestKeys.ISSUER.getCertificate());
    }

    private Assertion sent(ClientCertificateCredential credential) throws Exception {
        TestAuthority.token(credential.getToken(REQUEST));
        return new Assertion(
                authority.form(authority.server.requests().size() - 1).get("client_assertion"));
    }

    /** A signed JSON web token. */
    private static final class Assertion {

        private final String text;
        private final String[] parts;
        private final JsonNode header;
        private final JsonNode claims;

        Assertion(String text) throws Exception {
            this.text = text;
            this.parts = text.split("\\.", -1);
            assertThat(parts).hasSize(3);
            this.header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
            this.claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        }

        boolean isSignedBy(X509Certificate certificate, String algorithm, PSSParameterSpec parameters)
                throws Exception {
            Signature signature = Signature.getInstance(algorithm);
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.initVerify(certificate.getPublicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        }
    }

    private static String thumbprint(String algorithm, X509Certificate certificate) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
    }

    @Test
    void shouldSendTheFormOfAnAssertion() throws Exception {
        Assertion assertion = sent(builder().build());
        assertThat(authority.server.requests().get(0).uri())
                .isEqualTo(authority.endpoint().getPath());
        assertThat(authority.form(0))
                .containsOnly(
                        Map.entry("grant_type", "client_credentials"),
                        Map.entry("client_id", CLIENT),
                        Map.entry("scope", SCOPE),
                        Map.entry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                        Map.entry("client_assertion", assertion.text));
    }

    @Test
    void shouldSignWithPs256AndTheSha256Thumbprint() throws Exception {
        Assertion assertion = sent(builder().build());
        assertThat(assertion.header.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("alg", "typ", "x5t#S256");
        assertThat(assertion.header.get("alg").textValue()).isEqualTo("PS256");
        assertThat(assertion.header.get("typ").textValue()).isEqualTo("JWT");
        assertThat(assertion.header.get("x5t#S256").textValue())
                .isEqualTo(thumbprint("SHA-256", TestKeys.RSA.getCertificate()));
        assertThat(assertion.isSignedBy(TestKeys.RSA.getCertificate(), "RSASSA-PSS", PS256))
                .isTrue();
        assertThat(assertion.isSignedBy(TestKeys.RENEWED.getCertificate(), "RSASSA-PSS", PS256))
                .isFalse();
    }

    @Test
    void shouldStateWhoAsksWhomAndForHowLong() throws Exception {
        JsonNode claims = sent(builder().build()).claims;
        assertThat(claims.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("aud", "iss", "sub", "jti", "nbf", "iat", "exp");
        assertThat(claims.get("aud").textValue()).isEqualTo(authority.endpoint().toString());
        assertThat(claims.get("iss").textValue()).isEqualTo(CLIENT);
        assertThat(claims.get("sub").textValue()).isEqualTo(CLIENT);
        assertThat(UUID.fromString(claims.get("jti").textValue()).version()).isEqualTo(4);
        long now = NOW.getEpochSecond();
        assertThat(claims.get("iat").longValue()).isEqualTo(now);
        assertThat(claims.get("nbf").longValue()).isBetween(now - 60, now);
        assertThat(claims.get("exp").longValue() - claims.get("nbf").longValue())
                .isBetween(5 * 60L, 10 * 60L);
    }

    @Test
    void shouldMakeANewAssertionForEachRequest() throws Exception {
        ClientCertificateCredential credential = builder().build();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            ids.add(sent(credential).claims.get("jti").textValue());
        }
        assertThat(ids).hasSize(3);
    }

    @Test
    void shouldSignWithRs256OnRequest() throws Exception {
        Assertion assertion = sent(builder().rs256().build());
        assertThat(assertion.header.get("alg").textValue()).isEqualTo("RS256");
        assertThat(assertion.header.get("x5t#S256").textValue())
                .isEqualTo(thumbprint("SHA-256", TestKeys.RSA.getCertificate()));
        assertThat(assertion.isSignedBy(TestKeys.RSA.getCertificate(), "SHA256withRSA", null))
                .isTrue();
    }

    @Test
    void shouldSendTheOlderThumbprintOnRequest() throws Exception {
        Assertion assertion = sent(builder().rs256().sha1Thumbprint().build());
        assertThat(assertion.header.get("x5t").textValue())
                .isEqualTo(thumbprint("SHA-1", TestKeys.RSA.getCertificate()));
        assertThat(assertion.header.has("x5t#S256")).isFalse();
        assertThat(assertion.isSignedBy(TestKeys.RSA.getCertificate(), "SHA256withRSA", null))
                .isTrue();
    }

    @Test
    void shouldSendTheCertificatesOnRequest() throws Exception {
        JsonNode chain = sent(builder().sendChain().build()).header.get("x5c");
        assertThat(chain).hasSize(2);
        // Base64, not Base64URL, and the application's own first
        assertThat(Base64.getDecoder().decode(chain.get(0).textValue()))
                .isEqualTo(TestKeys.RSA.getCertificate().getEncoded());
        assertThat(Base64.getDecoder().decode(chain.get(1).textValue()))
                .isEqualTo(TestKeys.ISSUER.getCertificate().getEncoded());
    }

    @Test
    void shouldUseARenewedFileWithoutARestart() throws Exception {
        Path file = directory.resolve("own.pem");
        Files.writeString(file, TestKeys.certificates(TestKeys.RSA) + TestKeys.pkcs8(TestKeys.RSA));
        ClientCertificateCredential credential =
                builder().certificate(ClientCertificate.pem(file)).build();
        assertThat(sent(credential).isSignedBy(TestKeys.RSA.getCertificate(), "RSASSA-PSS", PS256))
                .isTrue();
        Files.writeString(file, TestKeys.certificates(TestKeys.RENEWED) + TestKeys.pkcs8(TestKeys.RENEWED));
        Assertion renewed = sent(credential);
        assertThat(renewed.isSignedBy(TestKeys.RENEWED.getCertificate(), "RSASSA-PSS", PS256))
                .isTrue();
        assertThat(renewed.header.get("x5t#S256").textValue())
                .isEqualTo(thumbprint("SHA-256", TestKeys.RENEWED.getCertificate()));
    }

    @Test
    void shouldSayThatTheCertificateHasEnded() {
        assertThat(refused(certificate(TestKeys.EXPIRED)))
                .hasMessageContaining("CN=Yesterday")
                .hasMessageContaining("expired on " + NOW.minusSeconds(3600))
                .hasMessageContaining("create a new one");
    }

    @Test
    void shouldSayThatTheCertificateHasNotBegun() {
        assertThat(refused(certificate(TestKeys.FUTURE)))
                .hasMessageContaining("is not valid before " + NOW.plusSeconds(3600))
                .hasMessageContaining("clock");
    }

    @Test
    void shouldSayThatTheKeyIsTooShort() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = new io.netty.pkitesting.CertificateBuilder()
                .subject("CN=Short")
                .notBefore(NOW.minusSeconds(3600))
                .publicKey(pair.getPublic())
                .buildIssuedBy(TestKeys.ISSUER)
                .getCertificate();
        assertThat(refused(ClientCertificate.of(pair.getPrivate(), certificate)))
                .hasMessageContaining("CN=Short")
                .hasMessageContaining("2048");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        assertThat(refused(ClientCertificate.pem(directory.resolve("nowhere.pem"))))
                .hasMessageContaining("there is no file");
    }

    private AuthenticationException refused(ClientCertificate certificate) {
        AuthenticationException error = TestAuthority.failure(
                AuthenticationException.class,
                builder().certificate(certificate).build().getToken(REQUEST));
        assertThat(authority.server.requests()).isEmpty();
        return error;
    }

    @Test
    void shouldSayThatTheAuthorityDoesNotKnowTheCertificate() {
        authority.server.answer(request -> io.github.defenderreactive.testing.Answer.status(401)
                .body("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700027: No such key, assertion "
                        + TestAuthority.parameters(request.body()).get("client_assertion") + "\"}"));
        ClientCertificateCredential credential = builder().build();
        AuthenticationException error =
                TestAuthority.failure(AuthenticationException.class, credential.getToken(REQUEST));
        assertThat(error)
                .hasMessageContaining("AADSTS700027")
                .hasMessageContaining("check that this certificate is the application's")
                .satisfies(e -> assertThat(e.toString())
                        .doesNotContain(authority.form(0).get("client_assertion")));
    }

    @Test
    void shouldCheckWhatItNeeds() {
        assertThatThrownBy(() ->
                        authority.at(ClientCertificateCredential.builder()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: certificate");
        assertThat(builder().build().toString()).contains(CLIENT).doesNotContain("RSA");
    }
}
