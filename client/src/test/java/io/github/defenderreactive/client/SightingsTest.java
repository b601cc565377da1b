package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertEvidence;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.model.File;
import io.github.defenderreactive.client.model.InOrgFileStats;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.client.model.InvestigationState;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.StartInvestigationRequest;
import io.github.defenderreactive.client.query.GetFileStatisticsQuery;
import io.github.defenderreactive.client.query.GetIpStatisticsQuery;
import io.github.defenderreactive.client.query.InvestigationFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.query.ListInvestigationsQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** From the evidence of an alert to its files, domains, addresses, users and investigation, and back. */
class SightingsTest {

    private static final String NOBODY = "0123456789abcdef0123456789abcdef01234567";

    private static DefenderEmulator emulator;
    private static DefenderClient client;
    private static List<Alert> alerts;

    @BeforeAll
    static void start() {
        emulator = DefenderEmulator.builder().size(500).start();
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
        alerts = client.alerts()
                .list(ListAlertsQuery.builder().expand(AlertExpansion.EVIDENCE).build())
                .collectList()
                .block(Clients.PATIENCE);
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    /** A value of the newest alert that has one, and that alert's id. */
    private record Evidence(String value, String alertId) {}

    private static Evidence newest(Function<AlertEvidence, String> member) {
        return alerts.stream()
                .flatMap(alert -> alert.evidence().stream()
                        .map(member)
                        .filter(Objects::nonNull)
                        .map(value -> new Evidence(value, alert.id())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldKnowAFile() {
        Evidence evidence = newest(AlertEvidence::sha1);
        File file = client.files().get(evidence.value()).block(Clients.PATIENCE);
        InOrgFileStats stats = client.files()
                .statistics(
                        evidence.value(),
                        GetFileStatisticsQuery.builder().lookBackHours(720).build())
                .block(Clients.PATIENCE);

        assertThat(client.files().get(file.sha256()).block(Clients.PATIENCE)).isEqualTo(file);
        assertThat(stats.organizationPrevalence()).isPositive();
        assertThat(stats.globallyPrevalence()).isEqualTo(file.globalPrevalence());
        assertThat(client.files().statistics(evidence.value()).block(Clients.PATIENCE))
                .isEqualTo(stats);
        assertThat(client.files()
                        .alerts(evidence.value())
                        .map(Alert::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .contains(evidence.alertId());
        assertThat(client.files().machines(evidence.value()).collectList().block(Clients.PATIENCE))
                .isNotEmpty();
    }

    @Test
    void shouldTellUnknownFromMalformed() {
        StepVerifier.create(client.files().get(NOBODY))
                .expectError(NotFoundException.class)
                .verify(Clients.PATIENCE);
        StepVerifier.create(client.files().alerts(NOBODY)).expectComplete().verify(Clients.PATIENCE);
        StepVerifier.create(client.files().get("nothing"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("InvalidHashValue"))
                .verify(Clients.PATIENCE);
        StepVerifier.create(client.domains().statistics("no domain"))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("InvalidDomainName"))
                .verify(Clients.PATIENCE);
        StepVerifier.create(client.ips().alerts("300.1.1.1"))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("InvalidIpAddress"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldKnowADomain() {
        Evidence evidence = newest(AlertEvidence::url);
        String host = java.net.URI.create(evidence.value()).getHost();

        assertThat(client.domains().alerts(host).map(Alert::id).collectList().block(Clients.PATIENCE))
                .contains(evidence.alertId());
        assertThat(client.domains().machines(host).collectList().block(Clients.PATIENCE))
                .isNotEmpty();
        assertThat(client.domains().statistics(host).block(Clients.PATIENCE).host())
                .isEqualTo(host);
        assertThat(client.domains()
                        .statistics("nobody.example")
                        .block(Clients.PATIENCE)
                        .organizationPrevalence())
                .isZero();
    }

    @Test
    void shouldKnowAnAddress() {
        Evidence evidence = newest(AlertEvidence::ipAddress);

        assertThat(client.ips()
                        .alerts(evidence.value())
                        .map(Alert::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .contains(evidence.alertId());
        assertThat(client.ips()
                        .statistics(
                                "2001:db8:14::7",
                                GetIpStatisticsQuery.builder().lookBackHours(1).build())
                        .block(Clients.PATIENCE)
                        .organizationPrevalence())
                .isZero();
    }

    @Test
    void shouldKnowAUser() {
        Evidence evidence = newest(AlertEvidence::accountName);

        assertThat(client.users()
                        .alerts(evidence.value())
                        .map(Alert::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .contains(evidence.alertId());
        assertThat(client.users()
                        .machines(evidence.value())
                        .map(Machine::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .isNotEmpty();
        StepVerifier.create(client.users().alerts("HARBOUR\\" + evidence.value()))
                .expectComplete()
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldFollowAnAlertToItsInvestigation() {
        Alert alert = alerts.stream()
                .filter(one -> one.investigationId() != null)
                .findFirst()
                .orElseThrow();
        Investigation investigation = client.investigations().get(alert.id()).block(Clients.PATIENCE);

        // A number in the alert, a text in the investigation.
        assertThat(investigation.id()).isEqualTo(Long.toString(alert.investigationId()));
        assertThat(client.investigations().get(investigation.id()).block(Clients.PATIENCE))
                .isEqualTo(investigation);
        assertThat(client.investigations()
                        .list(ListInvestigationsQuery.builder()
                                .filter(InvestigationFields.TRIGGERING_ALERT_ID.eq(alert.id()))
                                .build())
                        .map(Investigation::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .containsExactly(investigation.id());
        assertThat(client.investigations().list().count().block(Clients.PATIENCE))
                .isGreaterThanOrEqualTo(alerts.stream()
                        .filter(one -> one.investigationId() != null)
                        .count());
    }

    @Test
    void shouldReadTheInvestigationThatWasStarted() {
        Investigation started = client.machineActions()
                .startInvestigation(
                        alerts.get(0).machineId(),
                        StartInvestigationRequest.builder()
                                .comment("Odd traffic")
                                .build())
                .block(Clients.PATIENCE);

        assertThat(client.investigations().get(started.id()).block(Clients.PATIENCE))
                .isEqualTo(started);
        assertThat(started.state()).isEqualTo(InvestigationState.RUNNING);
    }
}
