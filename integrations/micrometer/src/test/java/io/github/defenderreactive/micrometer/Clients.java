package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.Environment;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.SecretGuard;
import java.time.Duration;
import java.util.List;

/** Clients of an emulator. */
final class Clients {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Clients() {}

    static DefenderClient.Builder builder(DefenderEmulator emulator) {
        SecretGuard.keep(emulator.clientSecret());
        return DefenderClient.builder()
                .environment(
                        Environment.WORLDWIDE.withServer(emulator.baseUrl()).withAuthority(emulator.authority()))
                .tenantId(emulator.tenantId())
                .clientSecret(emulator.clientId(), emulator::clientSecret)
                .transportOptions(TransportOptions.builder()
                        .trustedCertificates(List.of(emulator.certificate()))
                        .build());
    }
}
