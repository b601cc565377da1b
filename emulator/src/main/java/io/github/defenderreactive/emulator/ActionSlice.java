package io.github.defenderreactive.emulator;

import java.util.Map;

/** Response actions, the library of live response, and the files behind signed links. */
final class ActionSlice implements Slice {

    private final SliceContext context;
    private final Machines machines;
    private final AlertSlice alerts;
    private final MachineActions actions;
    private final Library library;
    private final Downloads downloads;

    ActionSlice(SliceContext context, Machines machines, AlertSlice alerts) {
        ServiceOptions options = context.options();
        this.context = context;
        this.machines = machines;
        this.alerts = alerts;
        this.actions = new MachineActions(context.organisation(), machines, options, context.clock());
        this.library = new Library(context.organisation(), options.newestAlert(), context::now);
        this.downloads = new Downloads(options.seed(), context.clock());
    }

    MachineActions actions() {
        return actions;
    }

    Library library() {
        return library;
    }

    Downloads downloads() {
        return downloads;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        new ActionOperations(
                        machines,
                        actions,
                        alerts.alerts(),
                        alerts.investigations(),
                        library,
                        downloads,
                        context.responses(),
                        context::now)
                .register(handlers);
        new LibraryOperations(library, context.responses()).register(handlers);
    }
}
