package io.github.defenderreactive.emulator;

import java.util.Map;

/** Incidents through Microsoft Defender XDR. */
final class XdrSlice implements Slice {

    private final SliceContext context;
    private final AlertSlice alerts;

    XdrSlice(SliceContext context, AlertSlice alerts) {
        this.context = context;
        this.alerts = alerts;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new XdrOperations(alerts.incidents(), GraphResponses.of(context), context::now).register(handlers);
    }
}
