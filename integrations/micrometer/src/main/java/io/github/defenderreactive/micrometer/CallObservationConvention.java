package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.CallSummary;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The names and tags of the observation of a call. To override a method, pass an implementation to
 * {@link MicrometerCallListener#withCallConvention}, or register it if it is a
 * {@link GlobalObservationConvention}.
 *
 * @since 0.1.0
 */
public interface CallObservationConvention extends ObservationConvention<CallObservationContext> {

    /** The default convention. */
    CallObservationConvention DEFAULT = new CallObservationConvention() {};

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof CallObservationContext;
    }

    /**
     * Returns the name of timers.
     *
     * @return {@code defender.call}
     */
    @Override
    default String getName() {
        return "defender.call";
    }

    /**
     * Returns the name of spans.
     *
     * @param context the context of the call
     * @return the id of the operation
     */
    @Override
    default String getContextualName(CallObservationContext context) {
        return context.operation().id();
    }

    /**
     * Returns the tags of timers and spans. Called at the start and at the end of the call.
     *
     * @param context the context of the call
     * @return {@code api}, {@code operation} and {@code outcome}, the last one {@code none} until the call has ended
     */
    @Override
    default KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
        CallSummary summary = context.summary();
        return KeyValues.of(
                "api", context.operation().api(),
                "operation", context.operation().id(),
                "outcome", summary == null ? "none" : summary.outcome().label());
    }
}
