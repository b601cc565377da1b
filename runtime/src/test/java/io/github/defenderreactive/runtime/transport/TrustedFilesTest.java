package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with certificates to trust, as people put them together. */
class TrustedFilesTest {

    private static X509Bundle one;
    private static X509Bundle other;

    @TempDir
    private Path directory;

    @BeforeAll
    static void create() throws Exception {
        one = new CertificateBuilder()
                .subject("CN=One")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        other = new CertificateBuilder()
                .subject("CN=Other")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(directory, "ca", ".any"), content);
    }

    private Path file(String content) throws IOException {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private static TransportOptions options(Path file) throws Exception {
        return TransportOptions.builder().trustedCertificates(file).build();
    }

    private static String lines(String pem) {
        return pem.endsWith("\n") ? pem : pem + "\n";
    }

    @Test
    void shouldReadTheCertificatesOfAFileWhateverElseIsInIt() throws Exception {
        String first = lines(one.getCertificatePEM());
        String second = lines(other.getCertificatePEM());
        String key = lines(one.getPrivateKeyPEM());
        for (String content : List.of(
                first + second,
                key + first + second,
                first + key + second + key,
                "\uFEFF" + first + "\uFEFF" + second,
                "# d\u00fcne\nsubject=/CN=One\n" + first + "\n\n# the other\n" + second + "end\n",
                (first + second).replace("\n", "\r\n"),
                (first + second).replace("\n", " "),
                (first + second).replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
                (first + second).replace("CERTIFICATE", "X509 CERTIFICATE"))) {
            assertThat(options(file(content)).trustedCertificates())
                    .containsExactly(one.getCertificate(), other.getCertificate());
        }
    }

    @Test
    void shouldReadDer() throws Exception {
        assertThat(options(file(one.getCertificate().getEncoded())).trustedCertificates())
                .containsExactly(one.getCertificate());
    }

    @Test
    void shouldSayWhyThereIsNoCertificate() throws Exception {
        String pem = lines(one.getCertificatePEM());
        Path none = directory.resolve("none");
        Path huge = directory.resolve("huge");
        try (var sparse = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(2L << 30);
        }
        assertRefused(file(lines(one.getPrivateKeyPEM())), "it contains no certificate");
        assertRefused(file(""), "it is empty");
        assertRefused(file("a list of names"), "neither PEM nor DER");
        assertRefused(file(pem.substring(0, 100)), "has no END: it is truncated");
        assertRefused(file(pem.replace("MII", "M*I")), "is damaged: it is not Base64");
        assertRefused(file(pem.getBytes(Charset.forName("x-UTF-16LE-BOM"))), "it is UTF-16 (little-endian)");
        assertThatThrownBy(() -> options(none)).isInstanceOf(IOException.class).hasMessageContaining("no file " + none);
        assertThatThrownBy(() -> options(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> options(huge)).isInstanceOf(IOException.class).hasMessageContaining("is longer than");
    }

    private static void assertRefused(Path file, String words) {
        Stream.of(file.toString(), words)
                .forEach(expected -> assertThatThrownBy(() -> options(file))
                        .isInstanceOf(CertificateException.class)
                        .hasMessageContaining(expected));
    }
}
