package io.github.defenderreactive.emulator;

import java.util.Map;

/** Devices and their software: vulnerabilities, recommendations, remediation and scores. */
final class InventorySlice implements Slice {

    private final SliceContext context;
    private final Machines machines;
    private final AlertSlice alerts;
    private final Inventory inventory;

    InventorySlice(SliceContext context, Machines machines, AlertSlice alerts) {
        this.context = context;
        this.machines = machines;
        this.alerts = alerts;
        this.inventory = new Inventory(
                context.organisation(), machines, context.options().newestAlert());
    }

    Inventory inventory() {
        return inventory;
    }

    @Override
    public void register(Map<String, OperationHandler> handlers) {
        Answers answers = context.answers();
        MachineReferences references = new MachineReferences(machines, answers);
        RemediationTasks tasks = new RemediationTasks(
                context.organisation(),
                machines,
                inventory.recommendations(),
                context.options().newestAlert());
        new MachineOperations(
                        machines,
                        alerts.alerts(),
                        inventory,
                        answers,
                        context.options().notFoundWhenNoMachines(),
                        context::now)
                .register(handlers);
        new SoftwareOperations(inventory, references, answers).register(handlers);
        new VulnerabilityOperations(inventory.vulnerabilities(), references, answers).register(handlers);
        new RecommendationOperations(inventory, references, answers).register(handlers);
        new ScoreOperations(new Scores(machines, inventory, context::now), answers).register(handlers);
        new RemediationOperations(tasks, references, answers).register(handlers);
    }
}
