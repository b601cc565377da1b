package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionOutcome;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.pipeline.Download;
import org.jspecify.annotations.Nullable;

/**
 * The result for one device.
 *
 * @param machineId the device
 * @param type the kind of action
 * @param requested whether the command requested the action
 * @param actionId the id of the action, or null if there is none
 * @param status the status of the action, or the state of the request
 * @param error the message of the failure, or null
 * @param stored the file of the result, or null
 */
record OutcomeRow(
        String machineId,
        String type,
        boolean requested,
        @Nullable String actionId,
        String status,
        @Nullable String error,
        Download.@Nullable Report stored)
        implements JsonEncodable {

    static OutcomeRow of(ActionOutcome outcome, String type) {
        MachineAction action = outcome.action();
        Throwable error = outcome.error();
        return new OutcomeRow(
                outcome.machineId(),
                type,
                outcome.requested(),
                action == null ? null : action.id(),
                action == null ? "NotRequested" : String.valueOf(action.status()),
                error == null ? null : String.valueOf(error.getMessage()),
                null);
    }

    static OutcomeRow of(MachineAction action, @Nullable Throwable error) {
        return new OutcomeRow(
                String.valueOf(action.machineId()),
                String.valueOf(action.type()),
                false,
                action.id(),
                String.valueOf(action.status()),
                error == null ? null : String.valueOf(error.getMessage()),
                null);
    }

    static OutcomeRow planned(String machineId, String type, String status) {
        return new OutcomeRow(machineId, type, false, null, status, null, null);
    }

    OutcomeRow with(Download.Report file) {
        return new OutcomeRow(machineId, type, requested, actionId, status, error, file);
    }

    OutcomeRow failed(Throwable failure) {
        return new OutcomeRow(
                machineId, type, requested, actionId, status, String.valueOf(failure.getMessage()), stored);
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        writeMembers(out);
        out.endObject();
    }

    void writeMembers(JsonWriter out) {
        out.name("machineId").string(machineId);
        out.name("type").string(type);
        out.name("requested").bool(requested);
        if (actionId != null) {
            out.name("actionId").string(actionId);
        }
        out.name("status").string(status);
        if (error != null) {
            out.name("error").string(error);
        }
        if (stored != null) {
            out.name("file").string(stored.file().toString());
            out.name("bytes").number(stored.bytes());
            out.name("sha256").string(stored.sha256());
        }
    }
}
