package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.List;
import java.util.Map;

/** Alerts, incidents, secure scores and identities through Microsoft Graph. */
public final class GraphSlice implements Slice {

    private final SliceContext context;
    private final AlertSlice alerts;

    public GraphSlice(SliceContext context, AlertSlice alerts) {
        this.context = context;
        this.alerts = alerts;
    }

    @Override
    public List<Kind> kinds() {
        GraphAlertItems items = new GraphAlertItems(alerts.alerts(), context::now);
        return List.of(items.kind(), GraphIncidentItems.kind(alerts.incidents(), items, context::now));
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        GraphResponses responses = GraphResponses.of(context);
        new GraphOperations(alerts.alerts(), alerts.incidents(), responses, context::now).register(handlers);
        new GraphTriage(alerts.alerts(), alerts.incidents(), responses, context::now).register(handlers);
        new GraphScores(
                        context.options().tenantId(),
                        context.options().seed(),
                        context.organisation(),
                        responses,
                        context::now)
                .register(handlers);
        new GraphIdentities(context.options().seed(), context.organisation(), responses).register(handlers);
    }
}
