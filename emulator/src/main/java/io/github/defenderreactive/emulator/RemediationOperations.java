package io.github.defenderreactive.emulator;

import java.util.Map;

/** The operations of the remediation group. */
final class RemediationOperations {

    private static final String SET = "RemediationTasks";

    private final RemediationTasks tasks;
    private final MachineReferences references;
    private final Answers answers;

    RemediationOperations(RemediationTasks tasks, MachineReferences references, Answers answers) {
        this.tasks = tasks;
        this.references = references;
        this.answers = answers;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put(
                "listRemediationActivities",
                call -> answers.collection(
                        call, SET, tasks.all().stream().map(tasks::entity).toList()));
        handlers.put("getRemediationActivity", call -> Answers.entity(call, SET, tasks.entity(find(call.id()))));
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
