package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.action.ActionFailedException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live response session or one of its commands failed, or a result or a file of the library cannot be used. The cause
 * is an {@link ActionFailedException} if the session did not succeed.
 *
 * @since 0.1.0
 */
public final class LiveResponseException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable LiveResponseResult result;

    LiveResponseException(String text, @Nullable LiveResponseResult result, @Nullable Throwable cause) {
        super(text, ErrorContext.NONE, cause);
        this.result = result;
    }

    /** Returns the error of a session that did not succeed, or of which a command failed; null for any other. */
    static @Nullable LiveResponseException of(LiveResponseResult result, @Nullable ActionFailedException failed) {
        CommandResult command = result.commands().stream()
                .filter(CommandResult::isFailed)
                .findFirst()
                .orElse(null);
        if (command == null && failed == null) {
            return null;
        }
        StringBuilder text = new StringBuilder("Live response ")
                .append(result.session().id())
                .append(" on device ")
                .append(result.session().machineId())
                .append(failed == null ? "" : " ended as " + failed.actionStatus());
        if (command != null) {
            List<String> errors = command.reported().errors();
            text.append(failed == null ? ": " : ", because ")
                    .append(command.type())
                    .append(' ')
                    .append(command.subject())
                    .append(" failed")
                    .append(errors.isEmpty() ? "" : ": " + String.join("; ", errors));
        }
        return new LiveResponseException(
                text.append("; see the action in the portal for the reason").toString(), result, failed);
    }

    /**
     * Returns the session with the results of its commands, among them those that completed before the failure.
     *
     * @return the result, or null if the session did not start
     */
    public @Nullable LiveResponseResult result() {
        return result;
    }
}
