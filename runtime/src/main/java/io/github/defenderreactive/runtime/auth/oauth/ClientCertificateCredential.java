package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An application that authenticates by signing with the key of a certificate (OAuth 2.0 client credentials with a JWT
 * assertion). No secret leaves the machine. A file is read at each token request, so a renewed certificate works
 * without a restart.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. See the platform's page <i>Certificate
 * credentials</i>.
 *
 * <p>A token request fails with an {@link AuthenticationException} if the certificate cannot be read or has expired.
 *
 * @since 0.1.0
 */
public final class ClientCertificateCredential extends OAuthCredential {

    private ClientCertificateCredential(OAuthClient client) {
        super(client);
    }

    /**
     * Returns a new builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    Mono<IssuedTokens> tokens(TokenRequest request) {
        return client().requestTokens(new ClientCredentialsGrant(), request);
    }

    /**
     * Builds {@link ClientCertificateCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends OAuthCredentialBuilder<Builder> {

        private @Nullable ClientCertificate certificate;
        private JWSAlgorithm algorithm = JWSAlgorithm.PS256;
        private boolean sha1Thumbprint;
        private boolean chain;

        private Builder() {}

        /**
         * Sets the certificate.
         *
         * @param source the certificate and its key
         * @return this builder
         */
        public Builder certificate(ClientCertificate source) {
            this.certificate = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Signs with RS256 (PKCS #1) instead of PS256 (PSS), for keys whose hardware does not support PSS.
         *
         * @return this builder
         */
        public Builder rs256() {
            this.algorithm = JWSAlgorithm.RS256;
            return this;
        }

        /**
         * Identifies the certificate by the SHA-1 thumbprint {@code x5t} instead of {@code x5t#S256}, for older
         * authorities.
         *
         * @return this builder
         */
        public Builder sha1Thumbprint() {
            this.sha1Thumbprint = true;
            return this;
        }

        /**
         * Sends the certificate chain ({@code x5c}), for applications that are trusted by subject name and issuer.
         *
         * @return this builder
         */
        public Builder sendChain() {
            this.chain = true;
            return this;
        }

        /**
         * Builds the credential. No file is read yet.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, certificate or transport is missing
         */
        @Override
        public ClientCertificateCredential build() {
            return build(settings());
        }

        @Override
        public ClientCertificateCredential build(AuthorityContext client) {
            return build(settings().withDefaults(client));
        }

        @Override
        ClientCertificateCredential build(CredentialSettings settings) {
            settings.require(certificate == null ? List.of("certificate") : List.of());
            CertificateAssertion assertion = new CertificateAssertion(
                    settings.requiredClientId(),
                    Objects.requireNonNull(certificate),
                    new CertificateAssertion.SignatureOptions(algorithm, sha1Thumbprint, chain),
                    settings.clock());
            return new ClientCertificateCredential(settings.client(ClientAuthentication.certificate(assertion)));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
