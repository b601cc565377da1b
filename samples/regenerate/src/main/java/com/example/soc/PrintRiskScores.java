package com.example.soc;

import com.example.soc.api.Operations;
import com.example.soc.model.Alert;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.util.Map;

/** Reads alerts with regenerated models through the ready client: tokens, retries, quotas and paging are the same. */
public final class PrintRiskScores {

    private PrintRiskScores() {}

    public static void main(String[] arguments) {
        try (DefenderEmulator emulator = DefenderEmulator.builder().start();
                DefenderClient client = DefenderClient.builder()
                        .connection(emulator.connection())
                        .build()) {
            emulator.tenant().allowingUnknown().alerts().add(Map.of("title", "Beacon", "riskScore", 87));
            // tag::regenerated[]
            client.paged(Operations.LIST_ALERTS.call().build())
                    .filter(alert -> alert.riskScore() != null)
                    .doOnNext(PrintRiskScores::print)
                    .blockLast();
            // end::regenerated[]
        }
    }

    private static void print(Alert alert) {
        System.out.println(alert.title() + " has the risk score " + alert.riskScore());
    }
}
