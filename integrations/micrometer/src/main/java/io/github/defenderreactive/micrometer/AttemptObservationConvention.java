package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the observation of an attempt is named. Each method can be overridden, in an implementation that is given to
 * {@link MicrometerCallListener#withAttemptConvention}, or is set in the registry when it is a
 * {@link GlobalObservationConvention} as well.
 *
 * @since 0.1.0
 */
public interface AttemptObservationConvention extends ObservationConvention<AttemptObservationContext> {

    /** Overrides nothing. */
    AttemptObservationConvention DEFAULT = new AttemptObservationConvention() {};

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof AttemptObservationContext;
    }

    /**
     * The name of timers.
     *
     * @return {@code defender.attempt}
     */
    @Override
    default String getName() {
        return "defender.attempt";
    }

    /**
     * The name of spans.
     *
     * @param context what is known of the attempt
     * @return the id of the operation and {@code attempt}
     */
    @Override
    default String getContextualName(AttemptObservationContext context) {
        return context.operation().id() + " attempt";
    }

    /**
     * Tags of timers and spans. Asked for at the start and at the end.
     *
     * @param context what is known of the attempt
     * @return {@code api} and {@code operation}; {@code outcome}, {@code none} until the attempt is over; {@code status},
     *     the HTTP status or {@code none} without an answer; {@code retry}, {@code false} for the first attempt of a call
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
