package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.Variables;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An application whose identity is confirmed by its platform: a pod by its service account, a build by its pipeline.
 * The platform's token replaces a secret. A token file is read at each token request, because the platform renews it.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. See the platform's page <i>Workload identity
 * federation</i>.
 *
 * <p>A token request fails with a {@link CredentialUnavailableException} if there is no token file.
 *
 * @since 0.1.0
 */
public final class WorkloadIdentityCredential extends OAuthCredential {

    /** The variable with the path of the token file, which the platform renews. */
    public static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

    /** The variable with the client id of the workload's application. */
    public static final String CLIENT_ID = "AZURE_CLIENT_ID";

    /** The variable with the tenant of that application. */
    public static final String TENANT_ID = "AZURE_TENANT_ID";

    /** The variable with the base address of the authority. */
    public static final String AUTHORITY_HOST = "AZURE_AUTHORITY_HOST";

    private WorkloadIdentityCredential(OAuthClient client) {
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

    /**
     * Returns a builder with the settings in the workload's environment: {@value #TOKEN_FILE}, {@value #CLIENT_ID},
     * {@value #TENANT_ID}, {@value #AUTHORITY_HOST}.
     *
     * @param environment the environment variables, usually {@link System#getenv()}
     * @return a new builder
     */
    public static Builder fromEnvironment(Map<String, String> environment) {
        Builder builder = new Builder();
        Variables variables = new Variables(environment);
        String file = variables.first(TOKEN_FILE);
        if (file != null) {
            builder.tokenFile(Path.of(file));
        }
        String client = variables.first(CLIENT_ID);
        if (client != null) {
            builder.clientId(client);
        }
        String tenant = variables.first(TENANT_ID);
        if (tenant != null) {
            builder.tenantId(tenant);
        }
        String authority = variables.first(AUTHORITY_HOST);
        if (authority != null) {
            builder.authority(URI.create(authority));
        }
        return builder;
    }

    @Override
    Mono<IssuedTokens> tokens(TokenRequest request) {
        return client().requestTokens(new ClientCredentialsGrant(), request);
    }

    /**
     * Builds {@link WorkloadIdentityCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends OAuthCredentialBuilder<Builder> {

        private @Nullable Supplier<Mono<String>> assertion;

        private Builder() {}

        /**
         * Sets the file with the platform's token.
         *
         * @param file the file, read at each token request as {@link SecretFile} does
         * @return this builder
         */
        public Builder tokenFile(Path file) {
            Objects.requireNonNull(file, "file");
            SecretFile token = SecretFile.of(file, "federated token");
            return assertion(() -> ForeignCode.value("The token file " + file, () -> read(file, token)));
        }

        /**
         * Sets the source of the platform's token, such as a build's identity endpoint or a managed identity in another
         * tenant.
         *
         * @param source called at each token request
         * @return this builder
         */
        public Builder assertion(Supplier<Mono<String>> source) {
            this.assertion = Objects.requireNonNull(source, "source");
            return this;
        }

        private static String read(Path file, SecretFile token) {
            if (!Files.isReadable(file)) {
                throw new CredentialUnavailableException(
                        "The token file " + file + " of the workload cannot be read: check " + TOKEN_FILE
                                + " and the service account of the workload",
                        ErrorContext.NONE,
                        null);
            }
            return token.get();
        }

        /**
         * Builds the credential. No file is read yet.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, token or transport is missing
         */
        @Override
        public WorkloadIdentityCredential build() {
            return build(settings());
        }

        @Override
        public WorkloadIdentityCredential build(AuthorityContext client) {
            return build(settings().withDefaults(client));
        }

        @Override
        WorkloadIdentityCredential build(CredentialSettings settings) {
            settings.require(assertion == null ? List.of("tokenFile (" + TOKEN_FILE + ")") : List.of());
            return new WorkloadIdentityCredential(
                    settings.client(ClientAuthentication.assertion(Objects.requireNonNull(assertion))));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
