package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.WorkflowException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An automated investigation ended without a result, or did not end in time. The state of {@link #investigation()}
 * distinguishes the two.
 *
 * @since 0.1.0
 */
public final class InvestigationException extends WorkflowException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Investigation investigation;

    private InvestigationException(String text, @Nullable Investigation investigation) {
        super(text, ErrorContext.NONE, null);
        this.investigation = investigation;
    }

    static InvestigationException failed(Investigation end) {
        String details = end.statusDetails();
        return new InvestigationException(
                shown(end) + " ended as " + end.state() + (details == null ? "" : ": " + details)
                        + "; see the investigation in the portal for the reason",
                end);
    }

    static InvestigationException timedOut(String machineId, Duration timeout, @Nullable Investigation last) {
        return last == null
                ? new InvestigationException(
                        "An investigation on device " + machineId + " was not accepted by the service within " + timeout
                                + "; allow more time",
                        null)
                : new InvestigationException(
                        shown(last) + " did not end within " + timeout + "; its state is " + last.state()
                                + ". It continues; follow it by its id",
                        last);
    }

    private static String shown(Investigation investigation) {
        return "Investigation " + investigation.id() + " on device " + investigation.machineId();
    }

    /**
     * Returns the last known state of the investigation.
     *
     * @return the investigation, or null if the service had not accepted the request
     */
    public @Nullable Investigation investigation() {
        return investigation;
    }
}
