package io.github.defenderreactive.client;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.SecretGuard;
import java.time.Duration;
import java.util.List;

/** Clients of an emulator. */
final class Clients {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Clients() {}

    static DefenderClient of(DefenderEmulator emulator) {
        return builder(emulator).build();
    }

    static DefenderClient.Builder builder(DefenderEmulator emulator) {
        SecretGuard.keep(emulator.clientSecret());
        return DefenderClient.builder().connection(emulator.connection());
    }

    static TransportOptions.Builder transport(DefenderEmulator emulator) {
        return TransportOptions.builder().trustedCertificates(List.of(emulator.certificate()));
    }
}
