package io.github.defenderreactive.runtime.internal.key;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate, its issuers, and its private key.
 *
 * @param chain the certificate, followed by its issuers
 * @param key the private key
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey key) {

    @Override
    public String toString() {
        return "CertifiedKey[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
