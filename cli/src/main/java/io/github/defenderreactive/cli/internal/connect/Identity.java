package io.github.defenderreactive.cli.internal.connect;

import io.github.defenderreactive.cli.internal.arguments.EnvironmentVariables;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.auth.oauth.AuthorizationCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificateCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.auth.oauth.DefaultCredential;
import io.github.defenderreactive.runtime.auth.oauth.DeviceCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import io.github.defenderreactive.runtime.auth.oauth.WorkloadIdentityCredential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The identity of the caller, according to the options or otherwise to the environment. */
final class Identity {

    /** The variables with credentials of an application. */
    private static final List<String> OF_APPLICATION = List.of(
            "DEFENDER_CLIENT_SECRET",
            "AZURE_CLIENT_SECRET",
            "DEFENDER_CERTIFICATE_PATH",
            "AZURE_CLIENT_CERTIFICATE_PATH",
            WorkloadIdentityCredential.TOKEN_FILE);

    /** The variables by which a platform announces a managed identity. */
    private static final List<String> OF_PLATFORM =
            List.of(ManagedIdentityCredential.ENDPOINT, ManagedIdentityCredential.METADATA_HOST);

    /** The other variables that the library reads for credentials of the environment. */
    private static final List<String> READ_BY_LIBRARY = List.of(
            "DEFENDER_CERTIFICATE_PASSWORD",
            "AZURE_CLIENT_CERTIFICATE_PASSWORD",
            "AZURE_CLIENT_ID",
            "AZURE_AUTHORITY_HOST");

    private final ConnectionOptions options;
    private final IdentityOptions named;
    private final EnvironmentVariables variables;

    Identity(ConnectionOptions options, EnvironmentVariables variables) {
        this.options = options;
        this.named = options.identity == null ? new IdentityOptions() : options.identity;
        this.variables = variables;
    }

    /** Returns whether a user must sign in, which takes longer than a request. */
    boolean isInteractive() {
        return named.deviceCode || named.signIn;
    }

    /**
     * Sets the credential of a client.
     *
     * @throws UsageException naming all options that are missing
     */
    void applyTo(DefenderClient.Builder client) {
        if (named.managedIdentity != null) {
            client.credential(managed(named.managedIdentity));
        } else {
            client.credential(credential());
        }
    }

    private ManagedIdentityCredential managed(String clientId) {
        ManagedIdentityCredential.Builder builder =
                ManagedIdentityCredential.builder().environment(variables::all);
        return (clientId.equals(IdentityOptions.OWN) ? builder : builder.clientId(clientId)).build();
    }

    private OAuthCredentialBuilder<?> credential() {
        if (named.clientSecretFile != null) {
            return application(ClientSecretCredential.builder()
                    .secret(new OptionFile("--client-secret-file", named.clientSecretFile)::text));
        }
        if (named.certificate != null) {
            return application(ClientCertificateCredential.builder().certificate(certificate(named.certificate)));
        }
        if (named.federatedTokenFile != null) {
            return application(WorkloadIdentityCredential.builder()
                    .tokenFile(new OptionFile("--federated-token-file", named.federatedTokenFile).path()));
        }
        if (named.deviceCode) {
            return application(DeviceCodeCredential.builder().prompt(prompt -> print(prompt.message())));
        }
        if (named.signIn) {
            return application(AuthorizationCodeCredential.builder()
                    .open(address -> print("To sign in, open " + address + " in a browser on this machine.")));
        }
        return ofEnvironment();
    }

    private OAuthCredentialBuilder<?> ofEnvironment() {
        READ_BY_LIBRARY.forEach(variables::get);
        DefaultCredential.Builder builder = DefaultCredential.fromEnvironment(variables.all());
        if (OF_APPLICATION.stream().anyMatch(variables::isSet)) {
            return application(builder);
        }
        // A managed identity is requested only if a variable announces it; elsewhere the request would time out.
        if (OF_PLATFORM.stream().anyMatch(variables::isSet)) {
            return builder;
        }
        return application(
                builder,
                "credentials (--client-secret-file, --certificate, --federated-token-file, --managed-identity,"
                        + " --device-code, --sign-in or DEFENDER_CLIENT_SECRET)");
    }

    private ClientCertificate certificate(IdentityOptions.Certificate given) {
        Path file = new OptionFile("--certificate", given.file).path();
        OptionFile passwordFile =
                given.passwordFile == null ? null : new OptionFile("--certificate-password-file", given.passwordFile);
        String password = variables.first("DEFENDER_CERTIFICATE_PASSWORD", "AZURE_CLIENT_CERTIFICATE_PASSWORD");
        if (passwordFile == null && password == null) {
            return ClientCertificate.files(file);
        }
        String otherwise = password == null ? "" : password;
        Supplier<char[]> word = () -> (passwordFile == null ? otherwise : passwordFile.text()).toCharArray();
        return ClientCertificate.encryptedFiles(word, file);
    }

    private <B extends OAuthCredentialBuilder<B>> B application(B builder, String... alsoMissing) {
        String tenant = first(options.tenant, "DEFENDER_TENANT_ID", "AZURE_TENANT_ID");
        String client = first(options.clientId, "DEFENDER_CLIENT_ID", "AZURE_CLIENT_ID");
        List<String> missing = new ArrayList<>();
        if (tenant == null) {
            missing.add("--tenant");
        }
        if (client == null) {
            missing.add("--client-id");
        }
        missing.addAll(List.of(alsoMissing));
        if (tenant == null || client == null || !missing.isEmpty()) {
            throw new UsageException(
                    "Missing " + String.join(", ", missing) + "; or use --emulator, which requires none of them");
        }
        try {
            return builder.tenantId(tenant).clientId(client);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tenant: " + e.getMessage());
        }
    }

    private @Nullable String first(@Nullable String given, String... names) {
        return given == null || given.isBlank() ? variables.first(names) : given;
    }

    private static Mono<Void> print(String text) {
        return Mono.<Void>fromRunnable(() -> Messages.print(text)).subscribeOn(Schedulers.boundedElastic());
    }
}
