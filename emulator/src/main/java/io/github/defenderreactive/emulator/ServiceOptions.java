package io.github.defenderreactive.emulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything the service logic is configured with; defaults and meaning are those of {@link DefenderEmulator.Builder}. */
record ServiceOptions(
        int size,
        long seed,
        int pageSize,
        Clock clock,
        Instant newestAlert,
        String tenantId,
        String clientId,
        String clientSecret,
        @Nullable Set<String> roles,
        Duration tokenLifetime,
        boolean enforceQuotas,
        boolean notFoundWhenNoMachines,
        @Nullable URI linkRoot,
        ContentCoding coding,
        Duration actionPending,
        Duration actionRunning,
        Duration actionVisibleAfter) {}
