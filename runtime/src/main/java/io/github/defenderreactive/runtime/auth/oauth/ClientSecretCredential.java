package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An application that authenticates with a client secret (OAuth 2.0 client credentials).
 *
 * <p>See the service's page <i>Create an app to access Microsoft Defender for Endpoint without a user</i>.
 *
 * @since 0.1.0
 */
public final class ClientSecretCredential extends OAuthCredential {

    private ClientSecretCredential(OAuthClient client) {
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
     * Builds {@link ClientSecretCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends OAuthCredentialBuilder<Builder> {

        private @Nullable Supplier<String> secret;

        private Builder() {}

        /**
         * Sets the source of the secret.
         *
         * @param supplier called at each token request, so that a new secret works without a restart; may block.
         *     Blanks, line ends and a byte order mark around the secret are ignored. {@link SecretFile} reads it from a
         *     file
         * @return this builder
         */
        public Builder secret(Supplier<String> supplier) {
            this.secret = Objects.requireNonNull(supplier, "supplier");
            return this;
        }

        /**
         * Uses the version 1 endpoint, which takes a resource instead of a scope. Both endpoints return the same
         * tokens.
         *
         * @return this builder
         */
        public Builder versionOne() {
            version(TokenEndpoint.Version.V1);
            return this;
        }

        /**
         * Builds the credential.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, secret or transport is missing
         */
        @Override
        public ClientSecretCredential build() {
            return build(settings());
        }

        @Override
        public ClientSecretCredential build(AuthorityContext client) {
            return build(settings().withDefaults(client));
        }

        @Override
        ClientSecretCredential build(CredentialSettings settings) {
            settings.require(secret == null ? List.of("secret") : List.of());
            return new ClientSecretCredential(
                    settings.client(ClientAuthentication.secret(Objects.requireNonNull(secret))));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
