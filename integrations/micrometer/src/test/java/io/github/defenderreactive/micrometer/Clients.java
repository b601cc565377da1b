package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.testing.SecretGuard;
import java.time.Duration;

/** Clients of an emulator. */
final class Clients {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Clients() {}

    static DefenderClient.Builder builder(DefenderEmulator emulator) {
        SecretGuard.keep(emulator.clientSecret());
        return DefenderClient.builder().connection(emulator.connection());
    }
}
