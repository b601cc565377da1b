package io.github.defenderreactive.cli.internal.progress;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import java.time.Duration;

/** A listener to a call that determines the reasons of its waits. */
public abstract class CallWaits implements CallListener {

    /** Creates a listener. */
    protected CallWaits() {}

    /**
     * Invoked when a wait begins, or its reason changes.
     *
     * @param reason the awaited thing, as in "waiting for ..."
     */
    protected abstract void waitsFor(String reason);

    /** Invoked when the call proceeds, or its wait has ended in another way. */
    protected abstract void proceeds();

    @Override
    public void permitRequested(int waiting) {
        waitsFor("the quota");
    }

    @Override
    public void permitGranted(Duration waited) {
        waitsFor("an access token");
    }

    @Override
    public void tokenReady(Duration waited) {
        proceeds();
    }

    @Override
    public void attemptStarted(int number) {
        // A download needs no token.
        proceeds();
    }

    @Override
    public void attemptEnded(AttemptSummary attempt) {
        switch (attempt.outcome()) {
            case SUCCESS, CANCELLED -> proceeds();
            default ->
                waitsFor("a retry after "
                        + (attempt.status() == 0 ? "a failure without a response" : "HTTP " + attempt.status()));
        }
    }

    @Override
    public void callEnded(CallSummary call) {
        proceeds();
    }
}
