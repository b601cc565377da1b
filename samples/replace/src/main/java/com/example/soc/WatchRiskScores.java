package com.example.soc;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Watches alerts with the ready client, whose models have a member that the project added. */
public final class WatchRiskScores {

    private WatchRiskScores() {}

    public static void main(String[] arguments) {
        try (DefenderEmulator emulator = DefenderEmulator.builder().start();
                DefenderClient client = DefenderClient.builder()
                        .connection(emulator.connection())
                        .build()) {
            emulator.tenant().allowingUnknown().alerts().add(Map.of("title", "Beacon", "riskScore", 87));
            client.alerts()
                    .watch(WatchOptions.builder().build())
                    .concatMap(WatchRiskScores::handle)
                    .blockFirst();
        }
    }

    private static Mono<Alert> handle(Delivery<Alert> delivery) {
        Alert alert = delivery.item();
        System.out.println(alert.title() + " has the risk score " + alert.riskScore());
        return delivery.acknowledge().thenReturn(alert);
    }
}
