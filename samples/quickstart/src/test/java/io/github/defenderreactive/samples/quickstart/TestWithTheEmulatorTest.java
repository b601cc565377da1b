package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.graph.model.HuntingQueryResults;
import io.github.defenderreactive.client.graph.model.RunHuntingQueryRequest;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.emulator.Stub;
import io.github.defenderreactive.emulator.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The tests of the page about testing. */
class TestWithTheEmulatorTest {

    // tag::perTest[]
    @RegisterExtension
    final DefenderEmulatorExtension extension = DefenderEmulatorExtension.with(setup -> setup.size(200));

    DefenderEmulator emulator;
    DefenderClient client;

    @BeforeEach
    void connect() {
        emulator = extension.emulator();
        client = DefenderClient.builder().connection(emulator.connection()).build();
    }

    @AfterEach
    void close() {
        client.close();
    }
    // end::perTest[]

    private static <T> T value(Mono<T> mono) {
        T value = mono.block(Duration.ofSeconds(30));
        assertThat(value).isNotNull();
        return value;
    }

    @Nested
    class Shared {
        // tag::perClass[]
        @RegisterExtension
        static final DefenderEmulatorExtension EMULATOR = DefenderEmulatorExtension.perClass(setup -> setup.size(200));

        static final DefenderClient CLIENT = DefenderClient.builder()
                .connection(EMULATOR.emulator().connection())
                .build();
        // end::perClass[]

        @Test
        void shouldConnect() {
            assertThat(value(CLIENT.alerts().list().count())).isEqualTo(200);
            CLIENT.close();
        }
    }

    // tag::faults[]
    @Test
    void shouldRetryWhenThrottled() {
        emulator.faults().add(Fault.throttled(Duration.ofSeconds(1)).on("listAlerts"));

        StepVerifier.create(client.alerts().list()).expectNextCount(200).verifyComplete();

        assertThat(emulator.journal().calls("listAlerts"))
                .extracting(JournalEntry::status)
                .containsExactly(429, 200);
    }
    // end::faults[]

    // tag::data[]
    @Test
    void shouldListWhatIsWrongWithTheTug() {
        Tenant tenant = emulator.tenant();
        String tug = tenant.machines().add(Map.of("computerDnsName", "tug-7.harbour.example"));
        String alert = tenant.alerts()
                .add(Map.of(
                        "machineId",
                        tug,
                        "severity",
                        AlertSeverity.HIGH,
                        "evidence",
                        List.of(Map.of("entityType", "File", "fileName", "anchor.exe"))));

        StepVerifier.create(client.machines().alerts(tug).map(Alert::id))
                .expectNext(alert)
                .verifyComplete();

        tenant.alerts().update(alert, Map.of("status", AlertStatus.RESOLVED));
        assertThat(tenant.alerts().get(alert)).containsEntry("severity", "High").containsEntry("status", "Resolved");
    }
    // end::data[]

    // tag::unknown[]
    @Test
    void shouldKeepWhatALaterVersionOfTheServiceSends() {
        String id = emulator.tenant().allowingUnknown().alerts().add(Map.of("berth", 7, "severity", "Critical"));

        StepVerifier.create(client.alerts().get(id))
                .assertNext(alert -> {
                    assertThat(alert.severity()).isEqualTo(AlertSeverity.of("Critical"));
                    assertThat(alert.unknownMembers()).containsKey("berth");
                })
                .verifyComplete();
    }
    // end::unknown[]

    // tag::hunting[]
    @Test
    void shouldFindTheSoftware() {
        String query = "DeviceTvmSoftwareInventory | where SoftwareName == 'anchor' | summarize dcount(DeviceId)";
        emulator.tenant().hunting(query, List.of(Map.of("dcount_DeviceId", 3)));

        HuntingQueryResults results = value(client.graphSecurity()
                .hunting()
                .run(RunHuntingQueryRequest.builder().query(query).build()));

        assertThat(results.results()).hasSize(1);
    }
    // end::hunting[]

    // tag::results[]
    @Test
    void shouldReadResultsOfItsOwn() {
        Tenant tenant = emulator.tenant();
        String action = tenant.machineActions()
                .add(Map.of(
                        "machineId",
                        tenant.machineId(0),
                        "type",
                        "Isolate",
                        "status",
                        MachineActionStatus.FAILED,
                        "errorHResult",
                        5));
        tenant.scriptOutput("berths.ps1", Map.of("script_output", "3 free", "exit_code", 0));
        tenant.exportRows(
                "exportSoftwareVulnerabilities",
                List.of(AssetVulnerability.builder()
                        .id("1")
                        .deviceId(tenant.machineId(0))
                        .cveId("CVE-2026-0001")
                        .build()));

        StepVerifier.create(client.machineActions().get(action).map(MachineAction::status))
                .expectNext(MachineActionStatus.FAILED)
                .verifyComplete();
        StepVerifier.create(client.exports().vulnerabilities().map(AssetVulnerability::cveId))
                .expectNext("CVE-2026-0001")
                .verifyComplete();
    }
    // end::results[]

    // tag::stub[]
    @Test
    void shouldShowADeviceWithoutAName() {
        emulator.stubs().add(Stub.of("getMachine").json(Map.of("id", "7", "computerDnsName", "")));

        StepVerifier.create(client.machines().get("7"))
                .assertNext(machine -> assertThat(machine.computerDnsName()).isEmpty())
                .verifyComplete();
    }
    // end::stub[]

    // tag::time[]
    @Test
    void shouldSeeAnIsolationSucceed() {
        Clock stopped = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
        try (DefenderEmulator emulator = DefenderEmulator.builder()
                        .clock(stopped)
                        .actionPace(Duration.ofMinutes(1), Duration.ofMinutes(9))
                        .start();
                DefenderClient client = DefenderClient.builder()
                        .connection(emulator.connection())
                        .build()) {
            MachineAction action = value(client.machineActions()
                    .isolate(
                            emulator.tenant().machineId(0),
                            IsolateMachineRequest.builder()
                                    .comment("Ransomware")
                                    .isolationType(IsolationType.FULL)
                                    .build()));

            emulator.clock().advance(Duration.ofMinutes(10));

            StepVerifier.create(client.machineActions().get(action.id()).map(MachineAction::status))
                    .expectNext(MachineActionStatus.SUCCEEDED)
                    .verifyComplete();
        }
    }
    // end::time[]
}
