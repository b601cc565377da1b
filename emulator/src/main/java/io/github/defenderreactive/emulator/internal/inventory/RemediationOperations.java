package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.MachineReferences;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;

/** The operations of the remediation group. */
final class RemediationOperations {

    private static final String SET = "RemediationTasks";

    private final RemediationTasks tasks;
    private final MachineReferences references;
    private final ODataResponses responses;

    RemediationOperations(RemediationTasks tasks, MachineReferences references, ODataResponses responses) {
        this.tasks = tasks;
        this.references = references;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put(
                "listRemediationActivities",
                call -> responses.collection(
                        call, SET, tasks.all().stream().map(tasks::entity).toList()));
        handlers.put("getRemediationActivity", call -> ODataResponses.entity(call, SET, tasks.entity(find(call.id()))));
        handlers.put(
                "listRemediationActivityMachines",
                call -> references.of(call, tasks.devices(find(call.id())), tasks::reference));
    }

    private RemediationTasks.Task find(String id) {
        RemediationTasks.Task task = tasks.find(id);
        if (task == null) {
            throw Problem.notFound("Remediation task", id);
        }
        return task;
    }
}
