package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.List;
import java.util.Map;

/** Files, domains, IP addresses and users as seen in alerts, and the indicators that match them. */
public final class EntitySlice implements Slice {

    private final SliceContext context;
    private final Machines machines;
    private final AlertSlice alerts;
    private final Indicators indicators;

    public EntitySlice(SliceContext context, Machines machines, AlertSlice alerts) {
        this.context = context;
        this.machines = machines;
        this.alerts = alerts;
        this.indicators = new Indicators(
                context.organisation(), alerts.files(), context.options().newestAlert(), context::now);
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new IndicatorItems(indicators).kind());
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        SightingPages pages = new SightingPages(alerts.sightings(), machines, context.responses(), context::now);
        new FileOperations(alerts.files(), pages).register(handlers);
        new NetworkOperations(pages).register(handlers);
        new UserOperations(alerts.alerts(), context.responses()).register(handlers);
        new IndicatorOperations(indicators, context.responses()).register(handlers);
    }
}
