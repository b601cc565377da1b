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
 * Reports calls to Micrometer: an observation {@code defender.call} for each call, with a child
 * {@code defender.attempt} for each attempt, and meters for waits, pages, items and bytes. Set it with
 * {@link DefenderClient.Builder#callListener}. Immutable; any number of clients may share it.
 *
 * <p>The parent of a call's observation is the one in the Reactor context of the subscriber, under the key of
 * Micrometer's {@code ObservationThreadLocalAccessor}; without one, it is the current observation of the subscribing
 * thread. An observation is stopped exactly once, regardless of the outcome. It has an error unless the call succeeds
 * or is cancelled; the error contains only the type of the failure, because messages may contain details of the
 * request.
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
     * Creates a listener with observations only, which become spans and timers according to the handlers of the
     * registry.
     *
     * @param observations the registry of the application
     * @return the listener
     */
    public static MicrometerCallListener create(ObservationRegistry observations) {
        return new MicrometerCallListener(Objects.requireNonNull(observations, "observations"), null, null, null);
    }

    /**
     * Creates a listener with all meters and without traces. The observations become timers of the registry.
     *
     * @param meters the registry of the application
     * @return the listener
     */
    public static MicrometerCallListener create(MeterRegistry meters) {
        Objects.requireNonNull(meters, "meters");
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return create(observations, meters);
    }

    /**
     * Creates a listener with observations, and with meters for values that observations do not cover.
     *
     * @param observations the registry of the application; calls and attempts get timers if one of its handlers creates
     *     meters, as configured by Spring Boot
     * @param meters the registry for waits, pages, items and bytes
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
     * Returns a listener with another convention for the observations of calls.
     *
     * @param convention the convention, which overrides that of the registry; default
     *     {@link CallObservationConvention#DEFAULT}
     * @return a listener like this one with that convention
     */
    public MicrometerCallListener withCallConvention(CallObservationConvention convention) {
        return new MicrometerCallListener(
                observations, meters, Objects.requireNonNull(convention, "convention"), attemptConvention);
    }

    /**
     * Returns a listener with another convention for the observations of attempts.
     *
     * @param convention the convention, which overrides that of the registry; default
     *     {@link AttemptObservationConvention#DEFAULT}
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
