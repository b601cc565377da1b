package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A response action ended without success. {@link #actionStatus()} distinguishes {@code Failed}, {@code TimeOut} and
 * {@code Cancelled}.
 *
 * @since 0.1.0
 */
public final class ActionFailedException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient MachineAction action;

    ActionFailedException(MachineAction action) {
        super(text(action), ErrorContext.NONE, null);
        this.action = action;
    }

    private static String text(MachineAction action) {
        String subject = Actions.shown(action);
        MachineActionStatus status = action.status();
        if (MachineActionStatus.CANCELLED.equals(status)) {
            String by = action.cancellationRequestor();
            return subject + " was cancelled" + (by == null ? "" : " by " + by) + "; request it again if it is needed";
        }
        if (MachineActionStatus.TIME_OUT.equals(status)) {
            return subject + " timed out, because the device did not respond in time; check that the device is online,"
                    + " then request it again";
        }
        Long result = action.errorHResult();
        return subject + " failed" + (result == null || result == 0 ? "" : " with result " + hex(result))
                + "; see the action in the portal for the reason";
    }

    private static String hex(long result) {
        return "0x" + HexFormat.of().withUpperCase().toHexDigits((int) result);
    }

    /**
     * Returns the action in its final state, with its id and, for a live response, the results of its commands.
     *
     * @return the action
     */
    public MachineAction action() {
        return action;
    }

    /**
     * Returns the final status.
     *
     * @return {@link MachineActionStatus#FAILED}, {@link MachineActionStatus#TIME_OUT} or
     *     {@link MachineActionStatus#CANCELLED}
     */
    public MachineActionStatus actionStatus() {
        return Objects.requireNonNull(action.status());
    }

    /**
     * Returns the Windows result code of the failure.
     *
     * @return the HRESULT, zero if there is none
     */
    public long errorHResult() {
        Long result = action.errorHResult();
        return result == null ? 0 : result;
    }
}
