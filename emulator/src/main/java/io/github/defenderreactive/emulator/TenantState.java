package io.github.defenderreactive.emulator;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state behind the APIs, a slice for each group of operations. */
final class TenantState {

    private final SliceContext context;
    private final Machines machines;
    private final AlertSlice alerts;
    private final ActionSlice actions;
    private final ScanSlice scans;
    private final InventorySlice inventory;
    private final ExportSlice exports;
    private final HuntingSlice hunting;

    TenantState(ServiceOptions options, Description description, Clock clock) {
        context = SliceContext.of(options, description, clock);
        machines = new Machines(context.organisation(), clock, options.newestAlert());
        alerts = new AlertSlice(context, machines);
        actions = new ActionSlice(context, machines, alerts);
        scans = new ScanSlice(context, machines);
        inventory = new InventorySlice(context, machines, alerts);
        exports = new ExportSlice(context, machines, inventory, actions.downloads());
        hunting = new HuntingSlice(context, machines, alerts);
    }

    /**
     * Returns the handlers of all operations, by operation id.
     *
     * @throws IllegalStateException if an operation of the descriptions has no handler
     */
    Map<String, OperationHandler> handlers() {
        Map<String, OperationHandler> handlers = new HashMap<>();
        List<Slice> slices = List.of(
                alerts,
                new EntitySlice(context, machines, alerts),
                actions,
                scans,
                inventory,
                exports,
                hunting,
                new GraphSlice(context, alerts),
                new XdrSlice(context, alerts));
        slices.forEach(slice -> slice.register(handlers));
        for (ApiOperation operation : description().operations()) {
            if (!handlers.containsKey(operation.id())) {
                throw new IllegalStateException(
                        "Operation " + operation.id() + " of the API description has no handler in the emulator");
            }
        }
        return Map.copyOf(handlers);
    }

    Description description() {
        return context.description();
    }

    Instant now() {
        return context.now();
    }

    Machines machines() {
        return machines;
    }

    Alerts alerts() {
        return alerts.alerts();
    }

    MachineActions actions() {
        return actions.actions();
    }

    Library library() {
        return actions.library();
    }

    Downloads downloads() {
        return actions.downloads();
    }

    ScanDefinitions scans() {
        return scans.definitions();
    }

    ExportSlice exports() {
        return exports;
    }

    GivenHunting hunting() {
        return hunting.given();
    }
}
