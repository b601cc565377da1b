package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionTimeoutException;
import io.github.defenderreactive.client.liveresponse.CommandResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseOutcome;
import io.github.defenderreactive.client.liveresponse.LiveResponseResult;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a live response session for one device.
 *
 * @param outcome the session
 * @param output the output of its script, or null
 */
record SessionRow(OutcomeRow outcome, @Nullable LiveResponseScriptOutput output) implements JsonEncodable {

    private static final String TYPE = MachineActionType.LIVE_RESPONSE.value();

    static SessionRow planned(String machineId, String status) {
        return new SessionRow(OutcomeRow.planned(machineId, TYPE, status), null);
    }

    static SessionRow of(LiveResponseOutcome outcome) {
        LiveResponseResult result = outcome.result();
        MachineAction session = result != null
                ? result.session()
                : outcome.error() instanceof ActionTimeoutException late ? late.action() : null;
        LiveResponseScriptOutput output = result == null
                ? null
                : result.commands().stream()
                        .map(CommandResult::output)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        return new SessionRow(row(outcome.machineId(), outcome.requested(), session, outcome.error()), output);
    }

    static OutcomeRow row(
            String machineId, boolean requested, @Nullable MachineAction session, @Nullable Throwable error) {
        return new OutcomeRow(
                machineId,
                TYPE,
                requested,
                session == null ? null : session.id(),
                session == null ? "NotRequested" : String.valueOf(session.status()),
                error == null ? null : String.valueOf(error.getMessage()),
                null);
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        outcome.writeMembers(out);
        if (output != null) {
            Number exitCode = output.exitCode();
            if (exitCode != null) {
                out.name("exitCode").number(exitCode.longValue());
            }
            out.name("output").string(String.valueOf(Objects.requireNonNullElse(output.scriptOutput(), "")));
            out.name("errors").string(String.valueOf(Objects.requireNonNullElse(output.scriptErrors(), "")));
        }
        out.endObject();
    }
}
