package io.github.defenderreactive.cli.internal.connect;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The options for credentials, which exclude each other. A secret is never an argument, because other processes can
 * read arguments.
 */
final class IdentityOptions {

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description =
                    "File with the client secret (environment: DEFENDER_CLIENT_SECRET, which holds the secret itself).")
    @Nullable
    Path clientSecretFile;

    @ArgGroup(exclusive = false)
    @Nullable
    Certificate certificate;

    @Option(
            names = "--federated-token-file",
            paramLabel = "FILE",
            description = "File with the token of another platform that identifies the application (environment:"
                    + " AZURE_FEDERATED_TOKEN_FILE).")
    @Nullable
    Path federatedTokenFile;

    @Option(
            names = "--managed-identity",
            paramLabel = "CLIENT_ID",
            arity = "0..1",
            fallbackValue = OWN,
            description =
                    "Managed identity of the machine, App Service or container; with a client id, the assigned identity"
                            + " with that id.")
    @Nullable
    String managedIdentity;

    /** The value for the system-assigned identity. */
    static final String OWN = "";

    @Option(
            names = "--device-code",
            description = "Sign in as a user on another device: prints a code and the address to enter it at.")
    boolean deviceCode;

    @Option(
            names = "--sign-in",
            description =
                    "Sign in as a user with a browser on this machine: prints the address to open. The application"
                            + " requires the redirect URI http://localhost.")
    boolean signIn;

    /** The options for a certificate. */
    static final class Certificate {

        @Option(
                names = "--certificate",
                paramLabel = "FILE",
                required = true,
                description =
                        "File with the application's certificate and its private key: PEM, PKCS#12 or JKS (environment:"
                                + " DEFENDER_CERTIFICATE_PATH).")
        Path file = Path.of("");

        @Option(
                names = "--certificate-password-file",
                paramLabel = "FILE",
                description =
                        "File with the password of the key (environment: DEFENDER_CERTIFICATE_PASSWORD, which holds the"
                                + " password itself).")
        @Nullable
        Path passwordFile;
    }
}
