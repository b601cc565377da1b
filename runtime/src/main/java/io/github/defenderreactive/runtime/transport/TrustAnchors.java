package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.internal.Certificates;
import io.github.defenderreactive.runtime.internal.FileProblem;
import io.github.defenderreactive.runtime.internal.GivenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The trust anchors of the JDK with additional certificates. */
final class TrustAnchors {

    private TrustAnchors() {}

    static List<X509Certificate> read(Path file) throws IOException, CertificateException {
        byte[] bytes = new GivenFile(file, Certificates.MAX_FILE_BYTES).read();
        try {
            return Certificates.read(bytes);
        } catch (FileProblem e) {
            throw new CertificateException("No certificates found in " + file + ": " + e.reason());
        }
    }

    /** Returns one factory over both sets, because a chain must be validated against a single set of anchors. */
    static TrustManagerFactory jdkAnd(List<X509Certificate> additional) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            int number = 0;
            for (X509Certificate certificate : additional) {
                anchors.setCertificateEntry("additional-" + number++, certificate);
            }
            for (TrustManager manager : factory(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate certificate : x509.getAcceptedIssuers()) {
                        anchors.setCertificateEntry("jdk-" + number++, certificate);
                    }
                }
            }
            return factory(anchors);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Could not extend the trust store of the JDK", e);
        }
    }

    @SuppressWarnings("NullAway") // a null key store selects the anchors of the JDK
    private static TrustManagerFactory factory(@org.jspecify.annotations.Nullable KeyStore anchors)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory;
    }
}
