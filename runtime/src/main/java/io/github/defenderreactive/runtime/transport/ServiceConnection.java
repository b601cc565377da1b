package io.github.defenderreactive.runtime.transport;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to connect: where the service is, which certificate to trust, and as which application to call. An
 * emulator hands one out, the builder of a client takes it.
 *
 * @param url root of the service, without {@code /api} and {@code /v1.0}; every API is behind it
 * @param authority login root
 * @param tenantId tenant that tokens are requested for
 * @param clientId application id
 * @param clientSecret secret of the application
 * @param certificate certificate to trust in addition to the JDK's, null if none is needed
 * @param certificateFile file that holds the certificate in PEM, for programs that take a path; null if there is none
 * @since 0.1.0
 */
public record ServiceConnection(
        URI url,
        URI authority,
        String tenantId,
        String clientId,
        String clientSecret,
        @Nullable X509Certificate certificate,
        @Nullable Path certificateFile) {

    /**
     * Checks that nothing is missing.
     *
     * @param url root of the service, without {@code /api} and {@code /v1.0}; every API is behind it
     * @param authority login root
     * @param tenantId tenant that tokens are requested for
     * @param clientId application id
     * @param clientSecret secret of the application
     * @param certificate certificate to trust in addition to the JDK's, null if none is needed
     * @param certificateFile file that holds the certificate in PEM, for programs that take a path; null if there is none
     */
    public ServiceConnection {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
    }

    /**
     * Returns the certificate as text, as tools take it.
     *
     * @return the certificate in PEM, null if none is needed
     */
    public @Nullable String certificatePem() {
        if (certificate == null) {
            return null;
        }
        try {
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("The certificate has no encoding", e);
        }
    }

    /** Names everything but the secret. */
    @Override
    public String toString() {
        return "ServiceConnection[url=" + url + ", authority=" + authority + ", tenantId=" + tenantId + ", clientId="
                + clientId + ", clientSecret=***, certificateFile=" + certificateFile + "]";
    }
}
