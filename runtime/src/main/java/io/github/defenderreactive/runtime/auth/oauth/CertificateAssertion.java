package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.key.CertifiedKey;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Signs client assertions with the key of a certificate, one for each request. */
final class CertificateAssertion {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Prevents a clock that is ahead from dating a new assertion in the future. */
    private static final Duration BACKDATED = Duration.ofSeconds(30);

    private final String clientId;
    private final ClientCertificate certificate;
    private final SignatureOptions options;
    private final Clock clock;

    /**
     * The variants of a signature.
     *
     * @param algorithm the signature algorithm
     * @param sha1Thumbprint whether the header names the certificate by its SHA-1 thumbprint
     * @param chain whether the header contains the certificate chain, for trust by subject name and issuer
     */
    record SignatureOptions(JWSAlgorithm algorithm, boolean sha1Thumbprint, boolean chain) {}

    CertificateAssertion(String clientId, ClientCertificate certificate, SignatureOptions options, Clock clock) {
        this.clientId = clientId;
        this.certificate = certificate;
        this.options = options;
        this.clock = clock;
    }

    /** Returns a new assertion for an endpoint. */
    Mono<String> signedFor(URI endpoint) {
        // reads a file and computes a signature
        return ForeignCode.value("The certificate " + certificate, () -> sign(endpoint));
    }

    private String sign(URI endpoint) {
        Instant now = clock.instant();
        CertifiedKey loaded = certificate.load(now);
        requireValid(loaded.chain().get(0), now);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience(endpoint.toString())
                .issuer(clientId)
                .subject(clientId)
                .jwtID(UUID.randomUUID().toString())
                .notBeforeTime(Date.from(now.minus(BACKDATED)))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.minus(BACKDATED).plus(LIFETIME)))
                .build();
        SignedJWT jwt = new SignedJWT(header(loaded.chain()), claims);
        try {
            jwt.sign(new RSASSASigner(loaded.key()));
        } catch (JOSEException | IllegalArgumentException e) {
            // the latter is thrown if the key is too short
            throw TokenErrors.unusable("The key of the certificate " + certificate + " cannot sign: " + e.getMessage());
        }
        return jwt.serialize();
    }

    @SuppressWarnings("deprecation") // some authorities know no other thumbprint
    private JWSHeader header(List<X509Certificate> chain) {
        JWSHeader.Builder header = new JWSHeader.Builder(options.algorithm()).type(JOSEObjectType.JWT);
        X509Certificate leaf = chain.get(0);
        if (options.sha1Thumbprint()) {
            header.x509CertThumbprint(sha1(leaf));
        } else {
            header.x509CertSHA256Thumbprint(X509CertUtils.computeSHA256Thumbprint(leaf));
        }
        if (options.chain()) {
            List<Base64> encoded = new ArrayList<>();
            chain.forEach(one -> encoded.add(Base64.encode(encoded(one))));
            header.x509CertChain(encoded);
        }
        return header.build();
    }

    private static Base64URL sha1(X509Certificate certificate) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-1").digest(encoded(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void requireValid(X509Certificate leaf, Instant now) {
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            throw TokenErrors.unusable("The certificate " + certificate + " expired on "
                    + leaf.getNotAfter().toInstant() + ": create a new one and add it to the application");
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            throw TokenErrors.unusable("The certificate " + certificate + " is not valid before "
                    + leaf.getNotBefore().toInstant() + ": check this computer's clock");
        }
    }

    @Override
    public String toString() {
        return certificate.toString();
    }
}
