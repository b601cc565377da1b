package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;

/** Prints every open alert of high severity. */
public final class StreamAlerts {

    private StreamAlerts() {}

    /**
     * Runs against the tenant named by the environment.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // tag::stream[]
        try (DefenderClient client = DefenderClient.builder()
                .tenantId(System.getenv("DEFENDER_TENANT_ID"))
                .clientSecret(System.getenv("DEFENDER_CLIENT_ID"), () -> System.getenv("DEFENDER_CLIENT_SECRET"))
                .build()) {
            ListAlertsQuery query = ListAlertsQuery.builder()
                    .filter(AlertFields.SEVERITY
                            .eq(AlertSeverity.HIGH)
                            .and(AlertFields.STATUS.ne(AlertStatus.RESOLVED)))
                    .build();
            client.alerts()
                    .list(query)
                    .doOnNext(alert -> System.out.println(alert.id() + "  " + alert.title()))
                    .blockLast(); // a program may block at its end; a service subscribes
        }
        // end::stream[]
    }
}
