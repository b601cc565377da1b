package io.github.defenderreactive.micrometer;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/** The code of docs/observe.md. */
final class ObserveSnippets {

    private ObserveSnippets() {}

    static DefenderClient client(
            String clientId, Supplier<String> secret, ObservationRegistry observations, MeterRegistry meters) {
        // tag::client[]
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .clientSecret(clientId, secret)
                .callListener(MicrometerCallListener.create(observations, meters))
                .build();
        // end::client[]
        return client;
    }

    static Flux<Alert> parent(DefenderClient client, Observation nightly) {
        // tag::parent[]
        Flux<Alert> alerts = client.alerts()
                .list()
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, nightly));
        // end::parent[]
        return alerts;
    }

    static WatchOptions watch(MeterRegistry meters) {
        // tag::watch[]
        MicrometerWatchListener measured = MicrometerWatchListener.create(meters, "alerts");
        WatchOptions options = WatchOptions.builder()
                .listener(measured.andThen(event -> System.err.println(event)))
                .build();
        // end::watch[]
        return options;
    }

    static MicrometerCallListener names(ObservationRegistry observations, MeterRegistry meters) {
        // tag::names[]
        MicrometerCallListener listener = MicrometerCallListener.create(observations, meters)
                .withCallConvention(new CallObservationConvention() {
                    @Override
                    public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
                        return CallObservationConvention.super
                                .getLowCardinalityKeyValues(context)
                                .and("group", context.operation().tag());
                    }
                });
        // end::names[]
        return listener;
    }
}
