package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.runtime.error.ConnectionSetupException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

/** A client that is told everything at once. */
class ServiceConnectionTest {

    @RegisterExtension
    static final DefenderEmulatorExtension EMULATOR = DefenderEmulatorExtension.perClass(setup -> setup.size(40));

    private final DefenderEmulator emulator = EMULATOR.emulator();

    private static void requireAll(DefenderClient.Builder builder) {
        try (DefenderClient client =
                builder.rateLimiter(RateLimiter.unlimited()).build()) {
            StepVerifier.create(client.alerts().list())
                    .expectNextCount(40)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
            StepVerifier.create(client.graphSecurity().alerts().list())
                    .expectNextCount(40)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
            StepVerifier.create(client.defenderXdr().incidents().list().take(1))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
        }
    }

    @Test
    void shouldConnectWithOneCall() {
        requireAll(DefenderClient.builder().connection(emulator.connection()));
    }

    @Test
    void shouldTrustTheServiceWhateverTheTransportOptions() {
        TransportOptions options = TransportOptions.builder().maxPending(9).build();

        requireAll(DefenderClient.builder().connection(emulator.connection()).transportOptions(options));
        requireAll(DefenderClient.builder().transportOptions(options).connection(emulator.connection()));
    }

    @Test
    void shouldConnectWithoutTls() {
        try (DefenderEmulator plain =
                DefenderEmulator.builder().size(40).plainHttp(true).start()) {
            requireAll(DefenderClient.builder().connection(plain.connection()));
        }
    }

    @Test
    void shouldLeaveSharedConnectionsAsTheyAre() {
        ServiceConnection connection = emulator.connection();
        try (ClientResources strangers = ClientResources.create();
                ClientResources trusting = ClientResources.create(TransportOptions.builder()
                        .trustedCertificates(List.of(emulator.certificate()))
                        .build())) {
            requireAll(DefenderClient.builder().connection(connection).resources(trusting));
            try (DefenderClient client = DefenderClient.builder()
                    .connection(connection)
                    .resources(strangers)
                    .retryPolicy(RetryPolicy.none())
                    .build()) {
                StepVerifier.create(client.alerts().list())
                        .expectErrorSatisfies(error -> assertThat(error).isInstanceOf(ConnectionSetupException.class))
                        .verify(Clients.PATIENCE);
            }
        }
    }
}
