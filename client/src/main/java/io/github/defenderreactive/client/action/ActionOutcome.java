package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import org.jspecify.annotations.Nullable;

/**
 * The result of a bulk action for one device.
 *
 * @param machineId id of the device
 * @param requested true if this run requested the action; false if it joined an active action, resumed an earlier run,
 *     or requested none
 * @param action last known state of the action, or null if the service has not accepted one
 * @param error the failure, or null if the action succeeded, or was accepted if its end is not awaited. An
 *     {@link ActionFailedException} if the action ended without success, an {@link ActionTimeoutException} if it did
 *     not end in time
 * @since 0.1.0
 */
public record ActionOutcome(
        String machineId,
        boolean requested,
        @Nullable MachineAction action,
        @Nullable Throwable error) {

    /**
     * Returns whether the action succeeded, or was accepted if its end is not awaited.
     *
     * @return true if the error is null
     */
    public boolean succeeded() {
        return error == null;
    }
}
