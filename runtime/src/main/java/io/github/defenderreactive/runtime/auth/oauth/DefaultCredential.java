package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.internal.Variables;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * The credential that the environment configures. The first of these is used:
 *
 * <ol>
 * <li>a client secret: {@code DEFENDER_CLIENT_SECRET} or {@code AZURE_CLIENT_SECRET};
 * <li>a client certificate: {@code DEFENDER_CERTIFICATE_PATH} or {@code AZURE_CLIENT_CERTIFICATE_PATH}, a file of any
 *     kind that {@link ClientCertificate} reads, with its password in {@code DEFENDER_CERTIFICATE_PASSWORD} or
 *     {@code AZURE_CLIENT_CERTIFICATE_PASSWORD};
 * <li>a workload identity: {@code AZURE_FEDERATED_TOKEN_FILE};
 * <li>the managed identity of the machine, with the client id in {@code AZURE_CLIENT_ID} if it is set.
 * </ol>
 *
 * <p>Tenant and application are read from {@code DEFENDER_TENANT_ID}, {@code DEFENDER_CLIENT_ID} or
 * {@code AZURE_TENANT_ID}, {@code AZURE_CLIENT_ID}, and the authority from {@code DEFENDER_AUTHORITY} or
 * {@code AZURE_AUTHORITY_HOST}, if neither the builder nor the client sets them. The credentials are not tried one
 * after the other: a variable with a wrong value is an error. A byte order mark and line ends around a value are
 * ignored.
 *
 * @since 0.1.0
 */
public final class DefaultCredential {

    private DefaultCredential() {}

    /**
     * Returns a new builder.
     *
     * @param environment the environment variables, usually {@link System#getenv()}
     * @return a new builder
     */
    public static Builder fromEnvironment(Map<String, String> environment) {
        return new Builder(Map.copyOf(environment));
    }

    /**
     * Builds the credential that the environment configures.
     *
     * @since 0.1.0
     */
    public static final class Builder extends OAuthCredentialBuilder<Builder> {

        private final Map<String, String> environment;
        private final Variables variables;

        private Builder(Map<String, String> environment) {
            this.environment = environment;
            this.variables = new Variables(environment);
        }

        /** Builds the credential. No file is read and no request is sent yet. */
        @Override
        TokenCredential build(CredentialSettings settings) {
            String secret = variables.first("DEFENDER_CLIENT_SECRET", "AZURE_CLIENT_SECRET");
            if (secret != null) {
                return ClientSecretCredential.builder().secret(() -> secret).build(withEnvironment(settings));
            }
            String certificate = variables.first("DEFENDER_CERTIFICATE_PATH", "AZURE_CLIENT_CERTIFICATE_PATH");
            if (certificate != null) {
                return ClientCertificateCredential.builder()
                        .certificate(certificate(certificate))
                        .build(withEnvironment(settings));
            }
            String file = variables.first(WorkloadIdentityCredential.TOKEN_FILE);
            if (file != null) {
                return WorkloadIdentityCredential.builder()
                        .tokenFile(Path.of(file))
                        .build(withEnvironment(settings));
            }
            ManagedIdentityCredential.Builder identity =
                    ManagedIdentityCredential.builder().clock(settings.clock()).environment(() -> environment);
            String client = variables.first("AZURE_CLIENT_ID");
            return (client == null ? identity : identity.clientId(client)).build();
        }

        private CredentialSettings withEnvironment(CredentialSettings settings) {
            String host = variables.first("DEFENDER_AUTHORITY", "AZURE_AUTHORITY_HOST");
            return settings.withDefaults(
                    variables.first("DEFENDER_TENANT_ID", "AZURE_TENANT_ID"),
                    variables.first("DEFENDER_CLIENT_ID", "AZURE_CLIENT_ID"),
                    host == null ? null : URI.create(host));
        }

        private ClientCertificate certificate(String path) {
            String password = variables.first("DEFENDER_CERTIFICATE_PASSWORD", "AZURE_CLIENT_CERTIFICATE_PASSWORD");
            return password == null
                    ? ClientCertificate.files(Path.of(path))
                    : ClientCertificate.encryptedFiles(password::toCharArray, Path.of(path));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
