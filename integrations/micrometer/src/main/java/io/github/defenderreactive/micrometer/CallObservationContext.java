package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The context of the observation of a call, for conventions, filters and handlers.
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
     * Returns the operation.
     *
     * @return the description of the operation, the same for all its calls
     */
    public OperationInfo operation() {
        return operation;
    }

    /**
     * Returns the summary of the call.
     *
     * @return the summary, or null until the call has ended
     */
    public @Nullable CallSummary summary() {
        return summary;
    }

    void end(CallSummary ended) {
        this.summary = ended;
    }
}
