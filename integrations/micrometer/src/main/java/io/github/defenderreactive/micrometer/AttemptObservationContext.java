package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of the observation of an attempt, for conventions, filters and handlers. Its span is of the kind client,
 * and the remote service is the API. Trace headers are not sent.
 *
 * @since 0.1.0
 */
public final class AttemptObservationContext extends SenderContext<OperationInfo> {

    private final OperationInfo operation;
    private final int number;
    private volatile @Nullable AttemptSummary summary;

    AttemptObservationContext(OperationInfo operation, int number) {
        super((carrier, name, value) -> {}, Kind.CLIENT);
        this.operation = operation;
        this.number = number;
        // Sender handlers require a carrier, even if no header is set.
        setCarrier(operation);
        setRemoteServiceName(operation.api());
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
     * Returns the number of the attempt within its call.
     *
     * @return the number, starting at 1
     */
    public int number() {
        return number;
    }

    /**
     * Returns the summary of the attempt.
     *
     * @return the summary, or null until the attempt has ended
     */
    public @Nullable AttemptSummary summary() {
        return summary;
    }

    void end(AttemptSummary ended) {
        this.summary = ended;
    }
}
