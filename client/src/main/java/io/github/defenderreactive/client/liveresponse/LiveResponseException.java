package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.model.LiveResponseCommandResult;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import java.util.List;

/**
 * A command of a live response failed although its session succeeded, or its result cannot be used.
 *
 * @since 0.1.0
 */
public final class LiveResponseException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    LiveResponseException(String text, List<String> errors) {
        super(text, ErrorContext.NONE, null);
        this.errors = List.copyOf(errors);
    }

    static LiveResponseException of(String command, String machineId, LiveResponseCommandResult result) {
        return new LiveResponseException(
                command + " failed on device " + machineId
                        + (result.errors().isEmpty() ? "" : ": " + String.join("; ", result.errors()))
                        + "; see the action in the portal for the reason",
                result.errors());
    }

    /**
     * Returns the errors that the device reported.
     *
     * @return the texts of the service, possibly none
     */
    public List<String> errors() {
        return errors;
    }
}
