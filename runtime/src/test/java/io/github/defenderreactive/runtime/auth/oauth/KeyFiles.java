package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.TestKeys;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Files with test keys that programs of others wrote, from {@code keys.txt}. */
final class KeyFiles {

    static final String PASSWORD = "quay-side";

    /** Two bytes, three bytes and a pair of characters in UTF-8 and UTF-16. */
    static final String BEYOND_ASCII = "P\u00e4ssw\u00f6rd\u20ac\u65e5\ud83d\udd11";

    private static final Map<String, byte[]> FILES = read();

    static final X509Certificate LEAF = certificate("leaf");
    static final X509Certificate ISSUER = certificate("mid");
    static final X509Certificate ROOT = certificate("root");
    static final X509Certificate SECOND = certificate("second");

    private KeyFiles() {}

    private static Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(KeyFiles.class.getResourceAsStream("/keys.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(parts -> files.put(parts[0], Base64.getDecoder().decode(parts[1])));
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static Set<String> names() {
        return FILES.keySet();
    }

    static byte[] bytes(String name) {
        return Objects.requireNonNull(FILES.get(name), name).clone();
    }

    static String pem(String label, String name) {
        return TestKeys.block(label, bytes(name));
    }

    /** The leaf with its issuers, in PEM. */
    static String certificates() {
        return pem("CERTIFICATE", "crt-leaf") + pem("CERTIFICATE", "crt-mid") + pem("CERTIFICATE", "crt-root");
    }

    private static X509Certificate certificate(String name) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes("crt-" + name)));
        } catch (java.security.cert.CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
