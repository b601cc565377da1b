package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.drift.DriftRecorder;
import io.github.defenderreactive.runtime.observation.CallListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records what responses contain and the API description does not. */
final class RecordDrift {

    private RecordDrift() {}

    // tag::drift[]
    static void read(DefenderClient.Builder builder, CallListener.Factory metrics, Path overlay) throws IOException {
        DriftRecorder drift = DriftRecorder.create();
        try (DefenderClient client =
                builder.callListener(metrics.andThen(drift)).build()) {
            client.alerts().list().take(1_000).then().block();
        }
        System.out.println(drift.report().json());
        Files.writeString(overlay, drift.report().overlay("defender-endpoint"));
    }
    // end::drift[]
}
