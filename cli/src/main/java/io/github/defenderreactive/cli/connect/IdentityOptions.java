package io.github.defenderreactive.cli.connect;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One way in. A secret is never an argument: other processes can read those. */
final class IdentityOptions {

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description =
                    "File with the client secret; the secret itself may be in the environment's DEFENDER_CLIENT_SECRET.")
    @Nullable
    Path clientSecretFile;

    @ArgGroup(exclusive = false)
    @Nullable
    Certificate certificate;

    @Option(
            names = "--federated-token-file",
            paramLabel = "FILE",
            description = "File with the token by which another platform vouches for the application (environment:"
                    + " AZURE_FEDERATED_TOKEN_FILE).")
    @Nullable
    Path federatedTokenFile;

    @Option(
            names = "--managed-identity",
            paramLabel = "CLIENT_ID",
            arity = "0..1",
            fallbackValue = OWN,
            description =
                    "The identity of the machine, App Service or container this runs on; with a client id the one of"
                            + " that id that is assigned to it.")
    @Nullable
    String managedIdentity;

    /** The identity of the machine itself. */
    static final String OWN = "";

    @Option(
            names = "--device-code",
            description = "Sign in as a user on another device: shows a code and the address to type it in.")
    boolean deviceCode;

    @Option(
            names = "--sign-in",
            description =
                    "Sign in as a user with a browser on this machine: shows the address to open; the application needs"
                            + " the redirect address http://localhost.")
    boolean signIn;

    /** A certificate of the application with its key. */
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
                description = "File with the password of the key; the password itself may be in the environment's"
                        + " DEFENDER_CERTIFICATE_PASSWORD.")
        @Nullable
        Path passwordFile;
    }
}
