package io.github.defenderreactive.emulator.internal.config;

import io.github.defenderreactive.emulator.http.ContentCoding;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration of the service. Defaults and meaning are those of the builder of the emulator. */
public record ServiceOptions(
        int size,
        long seed,
        int pageSize,
        Clock clock,
        Instant newestAlert,
        String tenantId,
        String clientId,
        String clientSecret,
        List<X509Certificate> certificates,
        List<FederatedIdentity> federatedIdentities,
        List<EmulatedUser> users,
        Duration devicePollInterval,
        @Nullable Set<String> roles,
        Duration tokenLifetime,
        boolean enforceQuotas,
        boolean notFoundWhenNoMachines,
        @Nullable URI linkRoot,
        ContentCoding coding,
        Duration actionPending,
        Duration actionRunning,
        Duration actionVisibleAfter) {

    /** Returns the identity header that the App Service endpoint requires. */
    public String identityHeader() {
        return Seeded.uuid(seed, 0, 105);
    }

    /** Returns the application of the system-assigned identity. */
    public String identityClientId() {
        return Seeded.uuid(seed, 0, 106);
    }
}
