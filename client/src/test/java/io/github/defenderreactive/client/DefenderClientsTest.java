package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** One client a tenant over shared connections; each tenant is an emulator of its own. */
class DefenderClientsTest {

    private final DefenderEmulator first =
            DefenderEmulator.builder().size(40).seed(1).start();
    private final DefenderEmulator second =
            DefenderEmulator.builder().size(60).seed(2).start();
    private final String firstTenant = first.tenantId();
    private final String secondTenant = second.tenantId();
    private final ClientResources resources = ClientResources.create(TransportOptions.builder()
            .trustedCertificates(List.of(first.certificate(), second.certificate()))
            .build());

    @AfterEach
    void stop() {
        resources.close();
        first.close();
        second.close();
    }

    private DefenderEmulator emulator(String tenant) {
        return tenant.equals(firstTenant) ? first : second;
    }

    private DefenderClient.Builder client(String tenant) {
        DefenderEmulator emulator = emulator(tenant);
        return DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE
                        .withServer(emulator.baseUrl())
                        .withAuthority(emulator.authority()))
                .credential(ClientSecretCredential.builder()
                        .clientId(emulator.clientId())
                        .secret(emulator::clientSecret));
    }

    @Test
    void shouldMakeOneClientForEachTenant() {
        DefenderClients clients = DefenderClients.over(resources, this::client);

        assertThat(clients.of(firstTenant)).isSameAs(clients.of(firstTenant)).isNotSameAs(clients.of(secondTenant));
        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();
        StepVerifier.create(clients.of(secondTenant).alerts().list())
                .expectNextCount(60)
                .verifyComplete();
        StepVerifier.create(clients.of(firstTenant).machines().list())
                .thenConsumeWhile(machine -> true)
                .verifyComplete();

        assertThat(first.journal().tokenRequests()).isOne();
        assertThat(second.journal().tokenRequests()).isOne();
    }

    @Test
    void shouldLeaveTheOthersAloneWhenOneTenantIsRefused() {
        DefenderClients clients = DefenderClients.over(resources, tenant -> {
            DefenderClient.Builder builder = client(tenant);
            return tenant.equals(firstTenant)
                    ? builder.credential(ClientSecretCredential.builder()
                            .clientId(first.clientId())
                            .secret(() -> "not the secret"))
                    : builder;
        });

        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessageContaining("AADSTS7000215"))
                .verify(Clients.PATIENCE);
        StepVerifier.create(clients.of(secondTenant).alerts().list())
                .expectNextCount(60)
                .verifyComplete();
    }

    @Test
    void shouldCloseOnlyWhatItCreated() {
        DefenderClients clients = DefenderClients.over(resources, this::client);

        clients.of(firstTenant).close();

        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();
    }

    @Test
    void shouldForgetATenantWithItsToken() {
        DefenderClients clients = DefenderClients.over(resources, this::client);
        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();

        clients.forget(firstTenant);
        StepVerifier.create(clients.of(firstTenant).alerts().list())
                .expectNextCount(40)
                .verifyComplete();

        assertThat(first.journal().tokenRequests()).isEqualTo(2);
    }

    @Test
    void shouldSayWhatACredentialLacks() {
        DefenderClients clients = DefenderClients.over(
                resources, tenant -> DefenderClient.builder().credential(ClientSecretCredential.builder()));

        assertThatIllegalStateException()
                .isThrownBy(() -> clients.of(firstTenant))
                .withMessageContaining("clientId")
                .withMessageContaining("secret");
    }
}
