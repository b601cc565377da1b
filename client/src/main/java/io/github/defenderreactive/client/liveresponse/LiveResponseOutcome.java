package io.github.defenderreactive.client.liveresponse;

import io.github.defenderreactive.client.action.ActionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of a session that runs on many devices, for one device.
 *
 * @param machineId id of the device
 * @param requested true if this run requested the session; false if it resumed an earlier run, or requested none
 * @param result the session and its commands, or null if the session has not ended
 * @param error the failure, or null if all commands succeeded. A {@link LiveResponseException} if the session or one of
 *     its commands failed, an {@link ActionTimeoutException} if it did not end in time
 * @since 0.1.0
 */
public record LiveResponseOutcome(
        String machineId,
        boolean requested,
        @Nullable LiveResponseResult result,
        @Nullable Throwable error) {}
