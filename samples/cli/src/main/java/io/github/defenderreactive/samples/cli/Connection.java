package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.Environment;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client, and the emulator behind it when there is one. */
final class Connection implements AutoCloseable {

    private final DefenderClient client;
    private final @Nullable DefenderEmulator emulator;

    private Connection(DefenderClient client, @Nullable DefenderEmulator emulator) {
        this.client = client;
        this.emulator = emulator;
    }

    DefenderClient client() {
        return client;
    }

    static Connection open(ConnectionOptions options, Map<String, String> environment) {
        return options.emulator ? toEmulator(options) : toService(options, environment);
    }

    private static Connection toEmulator(ConnectionOptions options) {
        DefenderEmulator emulator =
                DefenderEmulator.builder().size(options.size).seed(options.seed).start();
        DefenderClient client = DefenderClient.builder()
                .environment(emulated(emulator))
                .tenantId(emulator.tenantId())
                .clientSecret(emulator.clientId(), emulator::clientSecret)
                .transportOptions(TransportOptions.builder()
                        .trustedCertificates(List.of(emulator.certificate()))
                        .build())
                .build();
        return new Connection(client, emulator);
    }

    /** The one place that says where each API of the emulator is. */
    private static Environment emulated(DefenderEmulator emulator) {
        return Environment.WORLDWIDE.withServer(emulator.baseUrl()).withAuthority(emulator.authority());
    }

    private static Connection toService(ConnectionOptions options, Map<String, String> environment) {
        Environment cloud = cloud(options.cloud);
        if (options.baseUrl != null) {
            cloud = isLoopback(options.baseUrl)
                    ? cloud.withServer(options.baseUrl)
                    : cloud.withBaseUrl(options.baseUrl);
        }
        if (options.graphUrl != null) {
            cloud = cloud.withGraphUrl(options.graphUrl);
        }
        if (options.xdrUrl != null) {
            cloud = cloud.withXdrUrl(options.xdrUrl);
        }
        if (options.authority != null) {
            cloud = cloud.withAuthority(options.authority);
        }
        List<String> missing = new ArrayList<>();
        String tenant = given(options.tenant, "--tenant", missing);
        String clientId = given(options.clientId, "--client-id", missing);
        Supplier<String> secret = secret(options.clientSecretFile, environment, missing);
        if (!missing.isEmpty()) {
            throw new UsageException("Missing " + String.join(", ", missing) + "; or use --emulator, which needs none");
        }
        TransportOptions.Builder transport = TransportOptions.builder();
        if (options.caFile != null) {
            trust(transport, options.caFile);
        }
        DefenderClient client = DefenderClient.builder()
                .environment(cloud)
                .tenantId(tenant)
                .clientSecret(clientId, secret)
                .transportOptions(transport.build())
                .build();
        return new Connection(client, null);
    }

    /** A server on this machine stands for the whole service. */
    private static boolean isLoopback(URI url) {
        String host = url.getHost();
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    private static void trust(TransportOptions.Builder transport, Path pem) {
        try {
            transport.trustedCertificates(pem);
        } catch (IOException | CertificateException e) {
            throw new UsageException("Cannot read certificates from --ca-file " + pem + ": " + e.getMessage());
        }
    }

    private static Environment cloud(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "worldwide" -> Environment.WORLDWIDE;
            case "gcc" -> Environment.GCC;
            case "gcc-high" -> Environment.GCC_HIGH;
            case "dod" -> Environment.DOD;
            default -> throw new UsageException("Unknown cloud " + name + ": worldwide, gcc, gcc-high or dod");
        };
    }

    private static String given(@Nullable String value, String option, List<String> missing) {
        if (value == null || value.isBlank()) {
            missing.add(option);
            return "";
        }
        return value;
    }

    private static Supplier<String> secret(@Nullable Path file, Map<String, String> environment, List<String> missing) {
        if (file != null) {
            if (!Files.isReadable(file)) {
                throw new UsageException("Cannot read --client-secret-file " + file);
            }
            return () -> read(file);
        }
        String value = environment.get("DEFENDER_CLIENT_SECRET");
        if (value == null || value.isBlank()) {
            missing.add("--client-secret-file or DEFENDER_CLIENT_SECRET");
            return () -> "";
        }
        return () -> value;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UsageException("Cannot read --client-secret-file " + file);
        }
    }

    @Override
    public void close() {
        client.close();
        if (emulator != null) {
            emulator.close();
        }
    }
}
