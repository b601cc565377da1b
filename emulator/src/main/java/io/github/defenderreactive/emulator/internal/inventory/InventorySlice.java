package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.alerts.AlertSlice;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.machines.MachineReferences;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.slice.Slice;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Devices and their software: vulnerabilities, recommendations, remediation and scores. */
public final class InventorySlice implements Slice {

    private final SliceContext context;
    private final Machines machines;
    private final AlertSlice alerts;
    private final Inventory inventory;

    public InventorySlice(SliceContext context, Machines machines, AlertSlice alerts) {
        this.context = context;
        this.machines = machines;
        this.alerts = alerts;
        this.inventory = new Inventory(
                context.organisation(), machines, context.options().newestAlert());
    }

    public Inventory inventory() {
        return inventory;
    }

    @Override
    public List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>(inventory.vulnerabilities().kinds());
        kinds.add(inventory.recommendations().kind());
        kinds.add(inventory.products().kind());
        return kinds;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        ODataResponses responses = context.responses();
        MachineReferences references = new MachineReferences(machines, responses);
        RemediationTasks tasks = new RemediationTasks(
                context.organisation(),
                machines,
                inventory.recommendations(),
                context.options().newestAlert());
        new MachineOperations(
                        machines,
                        alerts.alerts(),
                        inventory,
                        responses,
                        context.options().notFoundWhenNoMachines(),
                        context::now)
                .register(handlers);
        new SoftwareOperations(inventory, references, responses).register(handlers);
        new VulnerabilityOperations(inventory.vulnerabilities(), references, responses).register(handlers);
        new RecommendationOperations(inventory, references, responses).register(handlers);
        new ScoreOperations(new Scores(machines, inventory, context::now), responses).register(handlers);
        new RemediationOperations(tasks, references, responses).register(handlers);
    }
}
