package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/** The observations of one call. */
final class ObservedCall implements CallListener {

    private record Attempt(Observation observation, AttemptObservationContext context) {}

    private final Observation call;
    private final CallObservationContext context;
    private final ObservationRegistry registry;
    private final @Nullable AttemptObservationConvention convention;

    private volatile @Nullable Attempt attempt;

    ObservedCall(
            Observation call,
            CallObservationContext context,
            ObservationRegistry registry,
            @Nullable AttemptObservationConvention convention) {
        this.call = call;
        this.context = context;
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public void attemptStarted(int number) {
        AttemptObservationContext started = new AttemptObservationContext(context.operation(), number);
        Observation observation = Observation.createNotStarted(
                        convention, AttemptObservationConvention.DEFAULT, () -> started, registry)
                .parentObservation(call);
        attempt = new Attempt(observation.start(), started);
    }

    @Override
    public void attemptEnded(AttemptSummary summary) {
        Attempt ended = attempt;
        if (ended != null) {
            attempt = null;
            ended.context().end(summary);
            end(ended.observation(), summary.outcome());
        }
    }

    @Override
    public void callEnded(CallSummary summary) {
        context.end(summary);
        end(call, summary.outcome());
    }

    private static void end(Observation observation, Outcome outcome) {
        if (outcome != Outcome.SUCCESS && outcome != Outcome.CANCELLED) {
            observation.error(new FailedCall(outcome));
        }
        observation.stop();
    }
}
