package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an attempt: for conventions, filters and handlers of observations. A span of it is of the kind client,
 * and its remote service is the API. No trace header is sent.
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
        // Handlers for senders want a carrier, also for nothing.
        setCarrier(operation);
        setRemoteServiceName(operation.api());
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
     * Which attempt of its call this is.
     *
     * @return its number, from 1
     */
    public int number() {
        return number;
    }

    /**
     * How it went.
     *
     * @return null until the attempt is over
     */
    public @Nullable AttemptSummary summary() {
        return summary;
    }

    void end(AttemptSummary ended) {
        this.summary = ended;
    }
}
