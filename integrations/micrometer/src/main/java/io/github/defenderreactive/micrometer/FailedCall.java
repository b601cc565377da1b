package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.Outcome;

/** Stands in for the failure of a call or an attempt: the one that the subscriber gets may name ids and addresses. */
final class FailedCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailedCall(Outcome outcome) {
        super(outcome.label(), null, false, false);
    }
}
