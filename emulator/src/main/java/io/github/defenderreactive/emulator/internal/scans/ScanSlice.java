package io.github.defenderreactive.emulator.internal.scans;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.Map;

/** Authenticated scans and the devices that run them. */
public final class ScanSlice implements Slice {

    private final SliceContext context;
    private final ScanAgents agents;
    private final ScanDefinitions definitions;

    public ScanSlice(SliceContext context, Machines machines) {
        this.context = context;
        this.agents = new ScanAgents(context.organisation(), machines);
        this.definitions = new ScanDefinitions(
                context.organisation(), agents, context.options().newestAlert(), context::now);
    }

    public ScanDefinitions definitions() {
        return definitions;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new ScanOperations(definitions, agents, context.responses()).register(handlers);
    }
}
