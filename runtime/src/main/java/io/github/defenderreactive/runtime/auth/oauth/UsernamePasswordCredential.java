package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.auth.Secret;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A user whose name and password the program has. It exists because the service's page for native applications still
 * describes it.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. The password does not appear in messages or
 * {@link #toString()}.
 *
 * @deprecated it fails with multi-factor authentication, federated users and accounts without a password, and the
 *     platform advises against it; use {@link DeviceCodeCredential} or {@link AuthorizationCodeCredential} for a user,
 *     and {@link ClientCertificateCredential} for a service
 * @since 0.1.0
 */
@Deprecated(since = "0.1.0")
public final class UsernamePasswordCredential extends OAuthCredential {

    private final String username;
    private final Supplier<String> password;

    private UsernamePasswordCredential(OAuthClient client, String username, Supplier<String> password) {
        super(client);
        this.username = username;
        this.password = password;
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
        // a supplier may read a file
        return ForeignCode.value("The supplier of the password", password::get)
                .map(word -> new ResourceOwnerPasswordCredentialsGrant(username, new Secret(GivenText.of(word))))
                .flatMap(grant -> client().requestTokens(grant, request));
    }

    /**
     * Builds {@link UsernamePasswordCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private @Nullable String username;
        private @Nullable Supplier<String> password;

        private Builder() {}

        /**
         * Sets the user.
         *
         * @param name the user principal name
         * @return this builder
         */
        public Builder username(String name) {
            this.username = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets the source of the password.
         *
         * @param supplier called at each token request; may block
         * @return this builder
         */
        public Builder password(Supplier<String> supplier) {
            this.password = Objects.requireNonNull(supplier, "supplier");
            return this;
        }

        /**
         * Uses the version 1 endpoint, which takes a resource instead of a scope.
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
         * @throws IllegalStateException if tenant, client, user, password or transport is missing
         */
        @Override
        public UsernamePasswordCredential build() {
            return build(settings());
        }

        @Override
        public UsernamePasswordCredential build(AuthorityContext client) {
            return build(settings().withDefaults(client));
        }

        @Override
        UsernamePasswordCredential build(CredentialSettings settings) {
            List<String> missing = new ArrayList<>();
            if (username == null) {
                missing.add("username");
            }
            if (password == null) {
                missing.add("password");
            }
            settings.require(missing);
            return new UsernamePasswordCredential(
                    settings.client(authentication(settings)),
                    Objects.requireNonNull(username),
                    Objects.requireNonNull(password));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
