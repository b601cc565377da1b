package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.netty.pkitesting.CertificateBuilder;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client needs to connect. */
class ServiceConnectionTest {

    private static final URI URL = URI.create("https://localhost:8443");
    private static final String SECRET = "s3cret+/&=%";

    private static ServiceConnection connection(@Nullable X509Certificate certificate) {
        return new ServiceConnection(
                URL, URI.create("https://localhost:9443"), "tenant", "client", SECRET, certificate, Path.of("ca.pem"));
    }

    @Test
    void shouldWriteTheCertificateAsText() throws Exception {
        X509Certificate certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned()
                .getCertificate();

        String pem = Objects.requireNonNull(connection(certificate).certificatePem());

        assertThat(pem.lines()).allMatch(line -> line.length() <= 64).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(certificate);
        assertThat(connection(null).certificatePem()).isNull();
    }

    @Test
    void shouldHideTheSecret() {
        assertThat(connection(null).toString())
                .contains("https://localhost:8443", "https://localhost:9443", "tenant", "client", "ca.pem")
                .doesNotContain("s3cret");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the checker may do
    void shouldNameWhatIsMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ServiceConnection(URL, URL, "tenant", "client", null, null, null))
                .withMessage("clientSecret");
    }
}
