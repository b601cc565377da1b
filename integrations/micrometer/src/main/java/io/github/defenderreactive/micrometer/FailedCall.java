package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.Outcome;

/** Replacement of the error of a call or an attempt, whose message may contain ids and addresses. */
final class FailedCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailedCall(Outcome outcome) {
        super(outcome.label(), null, false, false);
    }
}
