package io.github.defenderreactive.emulator;

import java.util.Map;

/** Authenticated scans and the devices that run them. */
final class ScanSlice implements Slice {

    private final SliceContext context;
    private final ScanAgents agents;
    private final ScanDefinitions definitions;

    ScanSlice(SliceContext context, Machines machines) {
        this.context = context;
        this.agents = new ScanAgents(context.organisation(), machines);
        this.definitions = new ScanDefinitions(
                context.organisation(), agents, context.options().newestAlert(), context::now);
    }

    ScanDefinitions definitions() {
        return definitions;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new ScanOperations(definitions, agents, context.responses()).register(handlers);
    }
}
