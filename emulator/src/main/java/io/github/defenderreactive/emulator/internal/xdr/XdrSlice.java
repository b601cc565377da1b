package io.github.defenderreactive.emulator.internal.xdr;

import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.graph.GraphResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.List;
import java.util.Map;

/** Incidents through Microsoft Defender XDR. */
public final class XdrSlice implements Slice {

    private final SliceContext context;
    private final AlertSlice alerts;

    public XdrSlice(SliceContext context, AlertSlice alerts) {
        this.context = context;
        this.alerts = alerts;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(XdrIncidentItems.kind(alerts.incidents(), context::now));
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new XdrOperations(alerts.incidents(), GraphResponses.of(context), context::now).register(handlers);
    }
}
