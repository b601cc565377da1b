package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Tells Micrometer of every call: an observation {@code defender.call} for each, with a child {@code defender.attempt} for
 * each time it is sent, and meters for waits, pages, items and bytes. Set it with
 * {@link DefenderClient.Builder#callListener}. Immutable, and fit for any number of
 * clients.
 *
 * <p>The parent of a call's observation is the one in the Reactor context of the subscriber, under the key of Micrometer's
 * {@code ObservationThreadLocalAccessor}; without one it is the current one of the thread that subscribes. An observation
 * is ended once, whatever the call ends in. It has an error unless that is success or a cancel; the error names the kind
 * of the failure only, because messages of failures may name what was asked for.
 *
 * @since 0.1.0
 */
public final class MicrometerCallListener implements CallListener.Factory {

    /** The key of ObservationThreadLocalAccessor, a class that cannot be loaded without context-propagation. */
    static final String PARENT = "micrometer.observation";

    private final ObservationRegistry observations;
    private final @Nullable CallMeters meters;
    private final @Nullable CallObservationConvention callConvention;
    private final @Nullable AttemptObservationConvention attemptConvention;

    private MicrometerCallListener(
            ObservationRegistry observations,
            @Nullable CallMeters meters,
            @Nullable CallObservationConvention callConvention,
            @Nullable AttemptObservationConvention attemptConvention) {
        this.observations = observations;
        this.meters = meters;
        this.callConvention = callConvention;
        this.attemptConvention = attemptConvention;
    }

    /**
     * Observations only, which become spans and timers as the handlers of the registry say.
     *
     * @param observations the application's registry
     * @return the listener
     */
    public static MicrometerCallListener create(ObservationRegistry observations) {
        return new MicrometerCallListener(Objects.requireNonNull(observations, "observations"), null, null, null);
    }

    /**
     * All meters and no traces: the observations become timers of the registry.
     *
     * @param meters the application's registry
     * @return the listener
     */
    public static MicrometerCallListener create(MeterRegistry meters) {
        Objects.requireNonNull(meters, "meters");
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return create(observations, meters);
    }

    /**
     * Observations, and meters for what they do not show.
     *
     * @param observations the application's registry; calls and attempts get timers when a handler of it makes meters,
     *     as Spring Boot sets it up
     * @param meters where waits, pages, items and bytes are counted
     * @return the listener
     */
    public static MicrometerCallListener create(ObservationRegistry observations, MeterRegistry meters) {
        return new MicrometerCallListener(
                Objects.requireNonNull(observations, "observations"),
                new CallMeters(Objects.requireNonNull(meters, "meters")),
                null,
                null);
    }

    /**
     * Names the observations of calls in another way.
     *
     * @param convention goes before one that is set in the registry; default {@link CallObservationConvention#DEFAULT}
     * @return a listener like this one with that convention
     */
    public MicrometerCallListener withCallConvention(CallObservationConvention convention) {
        return new MicrometerCallListener(
                observations, meters, Objects.requireNonNull(convention, "convention"), attemptConvention);
    }

    /**
     * Names the observations of attempts in another way.
     *
     * @param convention goes before one that is set in the registry; default {@link AttemptObservationConvention#DEFAULT}
     * @return a listener like this one with that convention
     */
    public MicrometerCallListener withAttemptConvention(AttemptObservationConvention convention) {
        return new MicrometerCallListener(
                observations, meters, callConvention, Objects.requireNonNull(convention, "convention"));
    }

    @Override
    public CallListener callStarted(OperationInfo operation, ContextView context) {
        CallListener observed = observations.isNoop() ? CallListener.NONE : observed(operation, context);
        return meters == null ? observed : new MeteredCall(observed, meters, operation);
    }

    private CallListener observed(OperationInfo operation, ContextView context) {
        CallObservationContext started = new CallObservationContext(operation);
        Observation call = Observation.createNotStarted(
                callConvention, CallObservationConvention.DEFAULT, () -> started, observations);
        if (context.hasKey(PARENT) && context.get(PARENT) instanceof Observation parent) {
            call.parentObservation(parent);
        }
        return new ObservedCall(call.start(), started, observations, attemptConvention);
    }
}
