package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.MachineHealthStatus;
import io.github.defenderreactive.client.model.MachineRiskScore;
import org.jspecify.annotations.Nullable;

/**
 * A difference between two lists of the devices.
 *
 * @param kind what changed
 * @param machineId the id of the device
 * @param machine the device as listed; null if it is gone
 * @param previousHealth the health before; null if the device is new or had none
 * @param previousRisk the risk before; null if the device is new or had none
 * @since 0.1.0
 */
public record MachineChange(
        Kind kind,
        String machineId,
        @Nullable Machine machine,
        @Nullable MachineHealthStatus previousHealth,
        @Nullable MachineRiskScore previousRisk) {

    /** The kind of a difference. */
    public enum Kind {
        /** The device was not listed before. */
        NEW,
        /** The health or the risk of the device is another one. */
        CHANGED,
        /** The device was listed before and is no longer. */
        GONE
    }
}
