package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Metrics are an offer of another module: calls and their listeners work where Micrometer is not on the class path. */
class WithoutMicrometerTest {

    @RegisterExtension
    static final DefenderEmulatorExtension EMULATOR =
            DefenderEmulatorExtension.with(builder -> builder.size(25).pageSize(10));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.micrometer.observation.Observation",
                "io.micrometer.core.instrument.Meter",
                "io.micrometer.common.KeyValue",
                "io.micrometer.context.ContextSnapshot"
            })
    void shouldNotFindIt(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void shouldTellAListenerOfEachPage(DefenderEmulator emulator) {
        List<String> told = new CopyOnWriteArrayList<>();
        CallListener.Factory listener = (operation, context) -> new CallListener() {
            @Override
            public void permitRequested(int waiting) {
                told.add("request");
            }

            @Override
            public void permitGranted(Duration waited) {
                told.add("permit");
            }

            @Override
            public void tokenReady(Duration waited) {
                told.add("token");
            }

            @Override
            public void attemptStarted(int number) {
                told.add("attempt " + number);
            }

            @Override
            public void attemptEnded(AttemptSummary attempt) {
                told.add(attempt.outcome().label() + " " + attempt.status());
            }

            @Override
            public void callEnded(CallSummary call) {
                told.add(operation.id() + " " + call.outcome().label() + " " + call.items());
            }
        };
        try (DefenderClient client =
                Clients.builder(emulator).callListener(listener).build()) {
            StepVerifier.create(client.alerts().list().withoutTimeWindows())
                    .expectNextCount(25)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
        }

        assertThat(told).hasSize(18);
        assertThat(told.subList(0, 6))
                .containsExactly("request", "permit", "token", "attempt 1", "success 200", "listAlerts success 10");
        assertThat(told.get(17)).isEqualTo("listAlerts success 5");
    }
}
