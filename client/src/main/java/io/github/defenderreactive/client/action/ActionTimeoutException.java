package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A response action did not end within the time of {@link Action#await}. Unless it is cancelled, it continues: an
 * action on a device that is offline stays pending for days. {@code machineActions().follow(id)} follows it further.
 *
 * @since 0.1.0
 */
public final class ActionTimeoutException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable MachineAction action;

    ActionTimeoutException(String subject, Duration timeout, @Nullable MachineAction action) {
        super(text(subject, timeout, action), ErrorContext.NONE, null);
        this.action = action;
    }

    private static String text(String subject, Duration timeout, @Nullable MachineAction action) {
        if (action == null) {
            return subject + " was not accepted by the service within " + timeout + "; allow more time";
        }
        return Actions.shown(action) + " did not end within " + timeout + "; its status is " + action.status()
                + (Actions.isFinal(action) ? "" : ". It continues; follow it by its id, or cancel it");
    }

    /**
     * Returns the last known state of the action.
     *
     * @return the action, or null if the service had not accepted the request
     */
    public @Nullable MachineAction action() {
        return action;
    }
}
