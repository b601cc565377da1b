package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * The names and tags of the observation of an attempt. To override a method, pass an implementation to
 * {@link MicrometerCallListener#withAttemptConvention}, or register it if it is a
 * {@link GlobalObservationConvention}.
 *
 * @since 0.1.0
 */
public interface AttemptObservationConvention extends ObservationConvention<AttemptObservationContext> {

    /** The default convention. */
    AttemptObservationConvention DEFAULT = new AttemptObservationConvention() {};

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof AttemptObservationContext;
    }

    /**
     * Returns the name of timers.
     *
     * @return {@code defender.attempt}
     */
    @Override
    default String getName() {
        return "defender.attempt";
    }

    /**
     * Returns the name of spans.
     *
     * @param context the context of the attempt
     * @return the id of the operation and {@code attempt}
     */
    @Override
    default String getContextualName(AttemptObservationContext context) {
        return context.operation().id() + " attempt";
    }

    /**
     * Returns the tags of timers and spans. Called at the start and at the end of the attempt.
     *
     * @param context the context of the attempt
     * @return {@code api} and {@code operation}; {@code outcome}, {@code none} until the attempt has ended;
     *     {@code status}, the HTTP status or {@code none} without a response; {@code retry}, {@code false} for the
     *     first attempt of a call
     */
    @Override
    default KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
        AttemptSummary summary = context.summary();
        return KeyValues.of(
                "api", context.operation().api(),
                "operation", context.operation().id(),
                "outcome", summary == null ? "none" : summary.outcome().label(),
                "status", summary == null || summary.status() == 0 ? "none" : Integer.toString(summary.status()),
                "retry", Boolean.toString(context.number() > 1));
    }
}
