package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.List;
import java.util.Map;

/** Response actions, the library of live response, and the files of signed links. */
public final class ActionSlice implements Slice {

    private final SliceContext context;
    private final Machines machines;
    private final AlertSlice alerts;
    private final MachineActions actions;
    private final Library library;
    private final Downloads downloads;

    public ActionSlice(SliceContext context, Machines machines, AlertSlice alerts) {
        ServiceOptions options = context.options();
        this.context = context;
        this.machines = machines;
        this.alerts = alerts;
        this.actions = new MachineActions(context.organisation(), machines, options, context.clock());
        this.library = new Library(context.organisation(), options.newestAlert(), context::now);
        this.downloads = new Downloads(options.seed(), context.clock());
    }

    public MachineActions actions() {
        return actions;
    }

    public Library library() {
        return library;
    }

    public Downloads downloads() {
        return downloads;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new ActionItems(machines, actions).kind(), new LibraryItems(library).kind());
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
