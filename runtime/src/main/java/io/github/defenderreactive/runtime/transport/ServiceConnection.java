package io.github.defenderreactive.runtime.transport;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client to connect to a service: its URL, the certificate to trust, and the application. Provided by
 * an emulator and accepted by the builder of a client.
 *
 * @param url root of the service, without {@code /api} and {@code /v1.0}; common to all APIs
 * @param authority root of the login service
 * @param tenantId tenant for which tokens are requested
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
     * Creates connection settings.
     *
     * @param url root of the service, without {@code /api} and {@code /v1.0}; common to all APIs
     * @param authority root of the login service
     * @param tenantId tenant for which tokens are requested
     * @param clientId application id
     * @param clientSecret secret of the application
     * @param certificate certificate to trust in addition to the JDK's, null if none is needed
     * @param certificateFile file that holds the certificate in PEM, for programs that take a path; null if there is
     *     none
     */
    public ServiceConnection {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
    }

    /**
     * Returns the certificate as PEM text, for other tools.
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
            throw new IllegalStateException("Certificate could not be encoded", e);
        }
    }

    /** Returns the settings without the secret. */
    @Override
    public String toString() {
        return "ServiceConnection[url=" + url + ", authority=" + authority + ", tenantId=" + tenantId + ", clientId="
                + clientId + ", clientSecret=***, certificateFile=" + certificateFile + "]";
    }
}
