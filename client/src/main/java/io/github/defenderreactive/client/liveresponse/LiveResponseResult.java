package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.model.MachineAction;
import java.util.List;

/**
 * The result of a live response session.
 *
 * @param session the session in its final state
 * @param commands a result for each command, in the order of the commands
 * @since 0.1.0
 */
public record LiveResponseResult(MachineAction session, List<CommandResult> commands) {

    /**
     * Creates a result.
     *
     * @param session the session in its final state
     * @param commands a result for each command; copied
     */
    public LiveResponseResult {
        commands = List.copyOf(commands);
    }
}
