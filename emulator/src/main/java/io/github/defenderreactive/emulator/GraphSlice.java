package io.github.defenderreactive.emulator;

import java.util.Map;

/** Alerts and incidents through Microsoft Graph. */
final class GraphSlice implements Slice {

    private final SliceContext context;
    private final AlertSlice alerts;

    GraphSlice(SliceContext context, AlertSlice alerts) {
        this.context = context;
        this.alerts = alerts;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new GraphOperations(alerts.alerts(), alerts.incidents(), GraphResponses.of(context), context::now)
                .register(handlers);
    }
}
