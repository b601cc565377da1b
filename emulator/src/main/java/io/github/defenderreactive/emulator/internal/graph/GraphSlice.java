package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.Map;

/** Alerts and incidents through Microsoft Graph. */
public final class GraphSlice implements Slice {

    private final SliceContext context;
    private final AlertSlice alerts;

    public GraphSlice(SliceContext context, AlertSlice alerts) {
        this.context = context;
        this.alerts = alerts;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new GraphOperations(alerts.alerts(), alerts.incidents(), GraphResponses.of(context), context::now)
                .register(handlers);
    }
}
