package io.github.defenderreactive.runtime.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust anchors: the JDK's, and certificates in addition. */
final class Trust {

    private Trust() {}

    static List<X509Certificate> read(Path pem) throws IOException, CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(pem)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) certificate);
            }
        }
        if (found.isEmpty()) {
            throw new CertificateException("No certificate in " + pem);
        }
        return found;
    }

    /** One factory over both sets, because a chain must be checked against one set of anchors. */
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
            throw new IllegalStateException("The JDK's trust store cannot be extended", e);
        }
    }

    @SuppressWarnings("NullAway") // a null key store stands for the JDK's own anchors
    private static TrustManagerFactory factory(@org.jspecify.annotations.Nullable KeyStore anchors)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory;
    }
}
