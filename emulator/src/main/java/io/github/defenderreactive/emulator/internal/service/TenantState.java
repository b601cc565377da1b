package io.github.defenderreactive.emulator.internal.service;

import io.github.defenderreactive.emulator.internal.actions.ActionSlice;
import io.github.defenderreactive.emulator.internal.actions.Downloads;
import io.github.defenderreactive.emulator.internal.actions.Library;
import io.github.defenderreactive.emulator.internal.actions.MachineActions;
import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.entities.EntitySlice;
import io.github.defenderreactive.emulator.internal.exports.ExportSlice;
import io.github.defenderreactive.emulator.internal.graph.GraphSlice;
import io.github.defenderreactive.emulator.internal.hunting.GivenHunting;
import io.github.defenderreactive.emulator.internal.hunting.HuntingSlice;
import io.github.defenderreactive.emulator.internal.inventory.InventorySlice;
import io.github.defenderreactive.emulator.internal.machines.MachineItems;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.scans.ScanDefinitions;
import io.github.defenderreactive.emulator.internal.scans.ScanSlice;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import io.github.defenderreactive.emulator.internal.xdr.XdrSlice;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state of the tenant, with a slice for each group of operations. */
public final class TenantState {

    private final Map<String, Kind> kinds = new TreeMap<>();
    private final SliceContext context;
    private final Machines machines;
    private final AlertSlice alerts;
    private final ActionSlice actions;
    private final ScanSlice scans;
    private final InventorySlice inventory;
    private final ExportSlice exports;
    private final HuntingSlice hunting;
    private final List<Slice> slices;

    TenantState(ServiceOptions options, Description description, Clock clock) {
        context = SliceContext.of(options, description, clock);
        machines = new Machines(context.organisation(), clock, options.newestAlert());
        alerts = new AlertSlice(context, machines);
        actions = new ActionSlice(context, machines, alerts);
        scans = new ScanSlice(context, machines);
        inventory = new InventorySlice(context, machines, alerts);
        exports = new ExportSlice(context, machines, inventory, actions.downloads());
        hunting = new HuntingSlice(context, machines, alerts);
        slices = List.of(
                alerts,
                new EntitySlice(context, machines, alerts),
                actions,
                scans,
                inventory,
                exports,
                hunting,
                new GraphSlice(context, alerts),
                new XdrSlice(context, alerts));
        addKind(MachineItems.of(machines));
        slices.forEach(slice -> slice.kinds().forEach(this::addKind));
    }

    /**
     * Returns the handlers of all operations, by operation id.
     *
     * @throws IllegalStateException if an operation of the descriptions has no handler
     */
    Map<String, OperationHandler> handlers() {
        Map<String, OperationHandler> handlers = new HashMap<>();
        slices.forEach(slice -> slice.register(handlers));
        for (ApiOperation operation : description().operations()) {
            if (!handlers.containsKey(operation.id())) {
                throw new IllegalStateException(
                        "Operation " + operation.id() + " of the API description has no handler in the emulator");
            }
        }
        return Map.copyOf(handlers);
    }

    private void addKind(Kind kind) {
        kinds.put(kind.name(), kind);
    }

    /** Returns the kinds of items that tests can read and change, by name. */
    public Map<String, Kind> kinds() {
        return Collections.unmodifiableMap(kinds);
    }

    public Description description() {
        return context.description();
    }

    public Instant now() {
        return context.now();
    }

    public Machines machines() {
        return machines;
    }

    public Alerts alerts() {
        return alerts.alerts();
    }

    public MachineActions actions() {
        return actions.actions();
    }

    public Library library() {
        return actions.library();
    }

    public Downloads downloads() {
        return actions.downloads();
    }

    public ScanDefinitions scans() {
        return scans.definitions();
    }

    public ExportSlice exports() {
        return exports;
    }

    public GivenHunting hunting() {
        return hunting.given();
    }
}
