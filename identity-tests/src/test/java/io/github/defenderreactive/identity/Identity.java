package io.github.defenderreactive.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.X509CertUtils;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.interfaces.RSAPublicKey;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A certificate and its key, with the page where its owner publishes it to the servers. */
final class Identity implements AutoCloseable {

    private final X509Bundle bundle;
    private final DisposableServer page;

    private Identity(X509Bundle bundle, DisposableServer page) {
        this.bundle = bundle;
        this.page = page;
    }

    static Identity published() {
        X509Bundle bundle = newBundle();
        DisposableServer page = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                        "/{algorithm}",
                        (request, response) -> response.header("Content-Type", "application/json")
                                .sendString(Mono.fromCallable(() -> keys(bundle, request.param("algorithm"))))))
                .bindNow();
        return new Identity(bundle, page);
    }

    static X509Bundle newBundle() {
        try {
            return new CertificateBuilder()
                    .subject("CN=signer.harbour.example")
                    .rsa2048()
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String keys(X509Bundle bundle, String algorithm) throws JOSEException {
        RSAKey key = new RSAKey.Builder((RSAPublicKey) bundle.getCertificate().getPublicKey())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.parse(algorithm))
                .keyIDFromThumbprint()
                .x509CertSHA256Thumbprint(X509CertUtils.computeSHA256Thumbprint(bundle.getCertificate()))
                .build();
        return new JWKSet(key).toString();
    }

    /** Where the key is published for signatures of an algorithm. */
    String keysFor(JWSAlgorithm algorithm) {
        return "http://localhost:" + page.port() + "/" + algorithm;
    }

    ClientCertificate certificate() {
        return certificate(bundle);
    }

    static ClientCertificate certificate(X509Bundle bundle) {
        return ClientCertificate.of(bundle.getKeyPair().getPrivate(), bundle.getCertificate());
    }

    @Override
    public void close() {
        page.disposeNow();
    }
}
