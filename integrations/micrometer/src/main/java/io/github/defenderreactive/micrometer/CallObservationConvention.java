package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.CallSummary;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the observation of a call is named. Each method can be overridden, in an implementation that is given to
 * {@link MicrometerCallListener#withCallConvention}, or is set in the registry when it is a
 * {@link GlobalObservationConvention} as well.
 *
 * @since 0.1.0
 */
public interface CallObservationConvention extends ObservationConvention<CallObservationContext> {

    /** Overrides nothing. */
    CallObservationConvention DEFAULT = new CallObservationConvention() {};

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof CallObservationContext;
    }

    /**
     * The name of timers.
     *
     * @return {@code defender.call}
     */
    @Override
    default String getName() {
        return "defender.call";
    }

    /**
     * The name of spans.
     *
     * @param context what is known of the call
     * @return the id of the operation
     */
    @Override
    default String getContextualName(CallObservationContext context) {
        return context.operation().id();
    }

    /**
     * Tags of timers and spans. Asked for at the start and at the end.
     *
     * @param context what is known of the call
     * @return {@code api}, {@code operation} and {@code outcome}, the last one {@code none} until the call is over
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
