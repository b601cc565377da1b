package io.github.defenderreactive.cli.internal.connect;

import io.github.defenderreactive.cli.internal.arguments.EnvironmentSource;
import io.github.defenderreactive.cli.internal.arguments.EnvironmentVariables;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for the address of the service and the identity of the caller. */
public final class ConnectionOptions {

    @Option(names = "--emulator", description = "Start the built-in emulator and connect to it; requires no tenant.")
    boolean emulator;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of alerts in the emulator (default: ${DEFAULT-VALUE}).")
    int size;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the emulator's data (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--cloud",
            paramLabel = "NAME",
            description = "worldwide, gcc, gcc-high or dod (environment: DEFENDER_CLOUD).")
    @Nullable
    String cloud;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description =
                    "Root URL of the service, with or without /api. http is accepted for loopback addresses only, which"
                            + " then serve Microsoft Graph and Defender XDR as well (environment: DEFENDER_BASE_URL).")
    @Nullable
    URI baseUrl;

    @Option(
            names = "--graph-url",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Root URL of Microsoft Graph, with or without /v1.0 (environment: DEFENDER_GRAPH_URL).")
    @Nullable
    URI graphUrl;

    @Option(
            names = "--xdr-url",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Root URL of Defender XDR, with or without /api (environment: DEFENDER_XDR_URL).")
    @Nullable
    URI xdrUrl;

    @Option(
            names = "--authority",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Root URL of the authority; http is accepted for loopback addresses only (environment:"
                    + " DEFENDER_AUTHORITY).")
    @Nullable
    URI authority;

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            description = "Tenant id or domain (environment: DEFENDER_TENANT_ID).")
    @Nullable
    String tenant;

    @Option(names = "--client-id", paramLabel = "ID", description = "Application id (environment: DEFENDER_CLIENT_ID).")
    @Nullable
    String clientId;

    @ArgGroup
    @Nullable
    IdentityOptions identity;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "File with certificates to trust in addition to those of the JDK: PEM, DER or PKCS#7.")
    @Nullable
    Path caFile;

    @ArgGroup(exclusive = false)
    @Nullable
    ProxyOptions proxy;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Creates the options, with their defaults. */
    public ConnectionOptions() {}

    /**
     * Returns whether to connect to the built-in emulator.
     *
     * @return whether {@code --emulator} was given
     */
    public boolean isEmulator() {
        return emulator;
    }

    /** Returns the environment variables that the command was started with. */
    EnvironmentVariables variables() {
        return ((EnvironmentSource) Objects.requireNonNull(command).root().userObject()).variables();
    }
}
