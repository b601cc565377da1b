package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.auth.claims.AccessTokenClaims;
import io.github.defenderreactive.runtime.auth.claims.PermissionCheck;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.auth.oauth.DefaultCredential;
import io.github.defenderreactive.runtime.auth.oauth.OnBehalfOfCredential;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a client comes by its credential, and what it tells of its token. */
class WaysInTest {

    private static final ListAlertsQuery ONE_ALERT =
            ListAlertsQuery.builder().top(1).build();

    @Test
    void shouldTellACredentialWhatItWasNotTold() {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(20).start();
                DefenderClient client = Clients.builder(emulator)
                        .credential(ClientSecretCredential.builder()
                                .clientId(emulator.clientId())
                                .secret(emulator::clientSecret))
                        .build()) {
            assertThat(client.alerts().list(ONE_ALERT).blockLast(Clients.PATIENCE))
                    .isNotNull();
        }
    }

    @Test
    void shouldTakeTheCredentialOfTheEnvironment() {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(20).start();
                DefenderClient client = Clients.builder(emulator)
                        .credential(DefaultCredential.fromEnvironment(Map.of(
                                "DEFENDER_CLIENT_ID",
                                emulator.clientId(),
                                "DEFENDER_CLIENT_SECRET",
                                emulator.clientSecret())))
                        .build()) {
            assertThat(client.alerts().list(ONE_ALERT).blockLast(Clients.PATIENCE))
                    .isNotNull();
        }
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> DefenderClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: credential(...), clientSecret(...) or clientCertificate(...)");
        assertThatThrownBy(() ->
                        DefenderClient.builder().clientSecret("c", () -> "s").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: tenantId");
    }

    @Test
    void shouldCallForEachUserWithTheirOwnToken() {
        try (DefenderEmulator emulator = DefenderEmulator.builder()
                        .size(20)
                        .user("pia@harbour.example", "1", "Alert.Read", "Machine.Read")
                        .user("ole@harbour.example", "2", "Alert.Read")
                        .start();
                DefenderClient client = Clients.builder(emulator)
                        .credential(OnBehalfOfCredential.builder()
                                .clientId(emulator.clientId())
                                .clientSecret(emulator::clientSecret))
                        .build()) {
            DefenderClient pia =
                    client.onBehalfOf(UserAssertion.of(emulator.signIns().callerToken("pia@harbour.example")));
            DefenderClient ole =
                    client.onBehalfOf(UserAssertion.of(emulator.signIns().callerToken("ole@harbour.example")));
            ListMachinesQuery oneMachine = ListMachinesQuery.builder().top(1).build();

            assertThat(pia.machines().list(oneMachine).blockLast(Clients.PATIENCE))
                    .isNotNull();
            assertThat(ole.alerts().list(ONE_ALERT).blockLast(Clients.PATIENCE)).isNotNull();
            assertThatThrownBy(() -> ole.machines().list(oneMachine).blockLast(Clients.PATIENCE))
                    .isInstanceOf(PermissionDeniedException.class)
                    .hasMessageContaining("Machine.Read");
            assertThatThrownBy(() -> client.alerts().list(ONE_ALERT).blockLast(Clients.PATIENCE))
                    .hasMessageContaining("no user assertion");
        }
    }

    @Test
    void shouldSayBeforeTheFirstCallWhatATokenLacks() {
        try (DefenderEmulator emulator = DefenderEmulator.builder()
                        .size(20)
                        .roles("Alert.Read.All")
                        .start();
                DefenderClient client = Clients.of(emulator)) {
            PermissionCheck check = PermissionCheck.of(Operations.LIST_ALERTS.info(), Operations.LIST_MACHINES.info());

            assertThat(client.token(Api.DEFENDER_ENDPOINT)
                            .map(AccessTokenClaims::of)
                            .map(check::missing)
                            .block(Clients.PATIENCE))
                    .hasToString("[listMachines needs Machine.Read.All or Machine.ReadWrite.All]");
            assertThat(emulator.journal().apiCalls()).isEmpty();
        }
    }
}
