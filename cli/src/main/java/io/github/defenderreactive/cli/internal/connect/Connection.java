package io.github.defenderreactive.cli.internal.connect;

import io.github.defenderreactive.cli.internal.arguments.EnvironmentVariables;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.progress.Progress;
import io.github.defenderreactive.cli.internal.terminal.StatusLine;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.DefenderEnvironment;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client with the emulator that it is connected to, if any. */
public final class Connection implements AutoCloseable {

    /** The lifetime of a device code, because the sign-in of the user is part of the call. */
    private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(15);

    private final DefenderClient owner;
    private final DefenderClient client;
    private final @Nullable DefenderEmulator emulator;
    private final Progress progress;

    private Connection(
            DefenderClient owner, DefenderClient client, @Nullable DefenderEmulator emulator, Progress progress) {
        this.owner = owner;
        this.client = client;
        this.emulator = emulator;
        this.progress = progress;
    }

    /**
     * Returns the client.
     *
     * @return the client, which is open until this connection is closed
     */
    public DefenderClient client() {
        return client;
    }

    /**
     * Returns the progress that the user sees on a terminal. It shows the calls of the client unless
     * the command reports a measure of its own.
     *
     * @return the progress, which ends when this connection is closed
     */
    public Progress progress() {
        return progress;
    }

    /**
     * Opens a connection to the emulator or to the service.
     *
     * @param options the options of the command
     * @return the connection, to be closed by the caller
     * @throws UsageException if the options are incomplete or contradictory
     */
    public static Connection open(ConnectionOptions options) {
        return open(options, CallListener.Factory.NONE);
    }

    /**
     * Opens a connection as {@link #open(ConnectionOptions)} does, with another listener to its calls.
     *
     * @param options the options of the command
     * @param listener the listener
     * @return the connection, to be closed by the caller
     * @throws UsageException if the options are incomplete or contradictory
     */
    public static Connection open(ConnectionOptions options, CallListener.Factory listener) {
        return options.emulator ? toEmulator(options, listener) : toService(options, listener);
    }

    private static Connection toEmulator(ConnectionOptions options, CallListener.Factory other) {
        if (options.identity != null) {
            throw new UsageException("--emulator uses an identity of its own; omit the options for credentials");
        }
        if (options.size < 0) {
            throw new UsageException("--size must be >= 0, was " + options.size);
        }
        DefenderEmulator emulator =
                DefenderEmulator.builder().size(options.size).seed(options.seed).start();
        Progress progress = progress(options);
        DefenderClient client = DefenderClient.builder()
                .connection(emulator.connection())
                .callListener(listener(progress).andThen(other))
                .build();
        return new Connection(client, client, emulator, progress);
    }

    private static Progress progress(ConnectionOptions options) {
        return Progress.on(StatusLine.onStandardError(options.variables().get("TERM")));
    }

    private static CallListener.Factory listener(Progress progress) {
        return progress.isShown() ? progress : WaitReporter.toUser();
    }

    private static Connection toService(ConnectionOptions options, CallListener.Factory other) {
        EnvironmentVariables variables = options.variables();
        DefenderEnvironment.Builder cloud = cloud(
                        options.cloud == null ? variables.get("DEFENDER_CLOUD") : options.cloud)
                .mutate();
        URI baseUrl = address(options.baseUrl, "DEFENDER_BASE_URL", variables);
        if (baseUrl != null && UrlConverter.isLoopback(baseUrl)) {
            // A server on this machine takes the place of all three services.
            cloud.server(baseUrl);
        } else if (baseUrl != null) {
            cloud.baseUrl(baseUrl);
        }
        URI graphUrl = address(options.graphUrl, "DEFENDER_GRAPH_URL", variables);
        if (graphUrl != null) {
            cloud.graphUrl(graphUrl);
        }
        URI xdrUrl = address(options.xdrUrl, "DEFENDER_XDR_URL", variables);
        if (xdrUrl != null) {
            cloud.xdrUrl(xdrUrl);
        }
        URI authority = address(options.authority, "DEFENDER_AUTHORITY", variables);
        if (authority != null) {
            cloud.authority(authority);
        }
        TransportOptions.Builder transport = TransportOptions.builder();
        if (options.caFile != null) {
            trust(transport, options.caFile);
        }
        (options.proxy == null ? new ProxyOptions() : options.proxy).applyTo(transport, variables);
        DefenderClient.Builder builder =
                DefenderClient.builder().environment(cloud.build()).transportOptions(transport.build());
        Identity identity = new Identity(options, variables);
        identity.applyTo(builder);
        Progress progress = progress(options);
        DefenderClient client =
                builder.callListener(listener(progress).andThen(other)).build();
        return new Connection(
                client, identity.isInteractive() ? client.withDeadline(TIME_TO_SIGN_IN) : client, null, progress);
    }

    private static void trust(TransportOptions.Builder transport, Path pem) {
        try {
            transport.trustedCertificates(pem);
        } catch (IOException | CertificateException e) {
            throw new UsageException("Cannot read certificates from --ca-file " + pem + ": " + e.getMessage());
        }
    }

    private static @Nullable URI address(@Nullable URI given, String variable, EnvironmentVariables variables) {
        String text = given == null ? variables.get(variable) : null;
        return text == null ? given : UrlConverter.of(variable, text);
    }

    private static DefenderEnvironment cloud(@Nullable String name) {
        return switch (name == null ? "" : name.strip().toLowerCase(Locale.ROOT)) {
            case "worldwide", "" -> DefenderEnvironment.WORLDWIDE;
            case "gcc" -> DefenderEnvironment.GCC;
            case "gcc-high" -> DefenderEnvironment.GCC_HIGH;
            case "dod" -> DefenderEnvironment.DOD;
            default -> throw new UsageException("Unknown cloud " + name + "; use worldwide, gcc, gcc-high or dod");
        };
    }

    @Override
    public void close() {
        progress.close();
        owner.close();
        if (emulator != null) {
            emulator.close();
        }
    }
}
