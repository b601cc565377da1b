package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Settings of a credential of a user besides those of {@link OAuthCredentialBuilder}: the authentication of the
 * application that acts for the user. An installed program is a public client and does not authenticate.
 *
 * @param <B> the builder itself
 * @since 0.1.0
 */
public abstract class ConfidentialClientBuilder<B extends ConfidentialClientBuilder<B>>
        extends OAuthCredentialBuilder<B> {

    private @Nullable Supplier<String> secret;
    private @Nullable ClientCertificate certificate;
    private @Nullable Supplier<Mono<String>> assertion;

    ConfidentialClientBuilder() {}

    /**
     * Authenticates the application with a secret.
     *
     * @param supplier called at each token request; may block
     * @return this builder
     */
    public B clientSecret(Supplier<String> supplier) {
        this.secret = Objects.requireNonNull(supplier, "supplier");
        return self();
    }

    /**
     * Authenticates the application with a certificate, signing with PS256.
     *
     * @param source the certificate and its key
     * @return this builder
     */
    public B clientCertificate(ClientCertificate source) {
        this.certificate = Objects.requireNonNull(source, "source");
        return self();
    }

    /**
     * Authenticates the application with a token of its platform.
     *
     * @param source called at each token request
     * @return this builder
     */
    public B clientAssertion(Supplier<Mono<String>> source) {
        this.assertion = Objects.requireNonNull(source, "source");
        return self();
    }

    final boolean isPublic() {
        return secret == null && certificate == null && assertion == null;
    }

    final ClientAuthentication authentication(CredentialSettings settings) {
        if (secret != null) {
            return ClientAuthentication.secret(secret);
        }
        if (assertion != null) {
            return ClientAuthentication.assertion(assertion);
        }
        if (certificate == null) {
            return ClientAuthentication.NONE;
        }
        return ClientAuthentication.certificate(new CertificateAssertion(
                settings.requiredClientId(),
                certificate,
                new CertificateAssertion.SignatureOptions(JWSAlgorithm.PS256, false, false),
                settings.clock()));
    }
}
