package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.graph.model.SecurityIncident;
import io.github.defenderreactive.client.graph.model.SecurityIncidentExpansion;
import io.github.defenderreactive.client.graph.query.ListSecurityIncidentsQuery;
import io.github.defenderreactive.client.graph.query.SecurityIncidentFields;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.MachineChange;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.client.watch.WatchSource;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Prints what changes among incidents, response actions and devices. */
final class WatchOtherItems {

    // tag::others[]
    Flux<Void> watchAll(DefenderClient client, Path folder) {
        Flux<String> incidents = client.graphSecurity()
                .incidents()
                .watch(storedIn(folder.resolve("incidents.cursor")))
                .concatMap(delivery ->
                        print(delivery, "incident " + delivery.item().id()));
        Flux<String> actions = client.machineActions()
                .watch(storedIn(folder.resolve("actions.cursor")))
                .concatMap(delivery -> print(
                        delivery, delivery.item().type() + " " + delivery.item().status()));
        Flux<String> machines = client.machines()
                .watch(storedIn(folder.resolve("machines.cursor")))
                .concatMap(delivery -> print(delivery, text(delivery.item())));
        return Flux.merge(incidents, actions, machines).thenMany(Flux.empty());
    }

    private static WatchOptions storedIn(Path file) {
        return WatchOptions.builder().store(CursorStore.file(file)).build();
    }
    // end::others[]

    // tag::own[]
    Flux<Delivery<SecurityIncident>> watchWithAlerts(DefenderClient client, WatchOptions options) {
        return WatchSource.filtered(
                        "incidents-with-alerts",
                        SecurityIncidentFields.LAST_UPDATE_DATE_TIME,
                        filter -> client.graphSecurity()
                                .incidents()
                                .list(ListSecurityIncidentsQuery.builder()
                                        .filter(filter)
                                        .expand(SecurityIncidentExpansion.ALERTS)
                                        .build()),
                        SecurityIncident::id,
                        SecurityIncident::lastUpdateDateTime)
                .created(SecurityIncident::createdDateTime)
                .watch(options);
    }
    // end::own[]

    private static String text(MachineChange change) {
        return change.kind() + " " + change.machineId();
    }

    private static <T> Mono<String> print(Delivery<T> delivery, String text) {
        return Mono.fromRunnable(() -> System.out.println(delivery.kind() + "  " + text))
                .then(delivery.acknowledge())
                .thenReturn(text);
    }
}
