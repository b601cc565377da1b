package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call: for conventions, filters and handlers of observations.
 *
 * @since 0.1.0
 */
public final class CallObservationContext extends Observation.Context {

    private final OperationInfo operation;
    private volatile @Nullable CallSummary summary;

    CallObservationContext(OperationInfo operation) {
        this.operation = operation;
    }

    /**
     * What is called.
     *
     * @return the facts of the operation, the same for each call of it
     */
    public OperationInfo operation() {
        return operation;
    }

    /**
     * How it went.
     *
     * @return null until the call is over
     */
    public @Nullable CallSummary summary() {
        return summary;
    }

    void end(CallSummary ended) {
        this.summary = ended;
    }
}
