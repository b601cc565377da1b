package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.AuthenticatedScansApi;
import io.github.defenderreactive.client.model.BatchDeleteScanDefinitionsRequest;
import io.github.defenderreactive.client.model.CreateScanDefinitionRequest;
import io.github.defenderreactive.client.model.ListScanHistoryByDefinitionRequest;
import io.github.defenderreactive.client.model.ListScanHistoryBySessionRequest;
import io.github.defenderreactive.client.model.ScanAuthParams;
import io.github.defenderreactive.client.model.ScanDefinition;
import io.github.defenderreactive.client.model.ScanDefinitionType;
import io.github.defenderreactive.client.model.ScanHistoryByDefinition;
import io.github.defenderreactive.client.model.ScanHistoryBySession;
import io.github.defenderreactive.client.model.ScanTargetType;
import io.github.defenderreactive.client.model.ScannerAgent;
import io.github.defenderreactive.client.model.ScannerAgentReference;
import io.github.defenderreactive.client.model.SnmpAuthParams;
import io.github.defenderreactive.client.model.SnmpAuthProtocol;
import io.github.defenderreactive.client.model.SnmpAuthType;
import io.github.defenderreactive.client.model.SnmpPrivProtocol;
import io.github.defenderreactive.client.model.UpdateScanDefinitionRequest;
import io.github.defenderreactive.client.query.ListScanHistoryByDefinitionQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Authenticated scans over the wire. */
class AuthenticatedScansTest {

    @AutoClose
    private final DefenderEmulator emulator =
            DefenderEmulator.builder().size(100).pageSize(50).start();

    @AutoClose
    private final DefenderClient client =
            Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();

    private final AuthenticatedScansApi scans = client.authenticatedScans();

    private CreateScanDefinitionRequest request() {
        ScannerAgent agent = scans.agents().next().block(Clients.PATIENCE);
        return CreateScanDefinitionRequest.builder()
                .scanType(ScanDefinitionType.NETWORK)
                .scanName("Buoys")
                .isActive(true)
                .target("10.9.0.1,10.9.0.2")
                .intervalInHours(6)
                .targetType(ScanTargetType.IP)
                .scannerAgent(ScannerAgentReference.builder()
                        .machineId(agent.machineId())
                        .build())
                .scanAuthenticationParams(SnmpAuthParams.builder()
                        .odataType("#microsoft.windowsDefenderATP.api.SnmpAuthParams")
                        .type(SnmpAuthType.AUTH_PRIV)
                        .username("scan")
                        .authProtocol(SnmpAuthProtocol.SHA1)
                        .authPassword("tide-4")
                        .privProtocol(SnmpPrivProtocol.AES)
                        .privPassword("knot-7")
                        .build())
                .build();
    }

    private ScanDefinition listed(String id) {
        return scans.definitions()
                .filter(definition -> definition.id().equals(id))
                .next()
                .block(Clients.PATIENCE);
    }

    @Test
    void shouldCreateChangeAndDelete() {
        ScanDefinition created = scans.createDefinition(request()).block(Clients.PATIENCE);

        assertThat(created.scanAuthenticationParams()).isNull();
        assertThat(created.scannerAgent().assignedApplicationId()).isNotNull();
        assertThat(created.latestScan().executionDateTime()).isNull();
        assertThat(listed(created.id()).scanAuthenticationParams())
                .isInstanceOfSatisfying(
                        SnmpAuthParams.class,
                        snmp -> assertThat(snmp.authPassword()).isEqualTo("tide-4"));

        ScanDefinition changed = scans.updateDefinition(
                        created.id(),
                        UpdateScanDefinitionRequest.builder().isActive(false).build())
                .block(Clients.PATIENCE);
        assertThat(changed.isActive()).isFalse();
        assertThat(changed.scanName()).isEqualTo("Buoys");

        StepVerifier.create(scans.batchDeleteDefinitions(BatchDeleteScanDefinitionsRequest.builder()
                        .scanDefinitionIds(List.of(created.id()))
                        .build()))
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(listed(created.id())).isNull();
        StepVerifier.create(scans.updateDefinition(
                        created.id(),
                        UpdateScanDefinitionRequest.builder().isActive(true).build()))
                .expectError(NotFoundException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldShowNoSecret() {
        CreateScanDefinitionRequest request = request();
        ScanDefinition listed =
                listed(scans.createDefinition(request).block(Clients.PATIENCE).id());

        assertThat(List.of(
                        request.toString(),
                        listed.toString(),
                        request.scanAuthenticationParams().toString()))
                .allSatisfy(
                        text -> assertThat(text).contains("scan", "(hidden)").doesNotContain("tide-4", "knot-7"));
        assertThat(JsonWriter.toJson(request)).contains("tide-4", "knot-7");
    }

    @Test
    void shouldKeepACaseThatIsNotKnownAndShowNothingOfIt() {
        String json = "{\"password\":\"tide-4\",\"@odata.type\":\"#x.SshAuthParams\"}";

        ScanAuthParams read = ScanAuthParams.read(JsonReader.of(json));

        assertThat(read)
                .isInstanceOfSatisfying(
                        ScanAuthParams.Unknown.class,
                        unknown -> assertThat(unknown.discriminator()).isEqualTo("#x.SshAuthParams"));
        assertThat(JsonWriter.toJson(read)).isEqualTo(json);
        assertThat(read.toString()).contains("password").doesNotContain("tide-4");
    }

    @Test
    void shouldNotRepeatACreationWhoseAnswerWasLost() {
        CreateScanDefinitionRequest request = request();
        emulator.faults().add(Fault.resetBeforeHeaders().on("createScanDefinition"));

        StepVerifier.create(scans.createDefinition(request))
                .expectError(OutcomeUnknownException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldUnwrapAnAgent() {
        List<ScannerAgent> agents = scans.agents().collectList().block(Clients.PATIENCE);

        assertThat(agents).isNotEmpty().allSatisfy(agent -> {
            assertThat(agent.assignedApplicationId()).isNotNull();
            assertThat(scans.agent(agent.machineId()).block(Clients.PATIENCE)).isEqualTo(agent);
            assertThat(scans.agent(agent.id()).block(Clients.PATIENCE)).isEqualTo(agent);
        });
        StepVerifier.create(scans.agent("0".repeat(40)))
                .expectError(NotFoundException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldPageTheHistoryThroughPosts() {
        ScanDefinition definition = scans.definitions().next().block(Clients.PATIENCE);
        ListScanHistoryByDefinitionRequest request = ListScanHistoryByDefinitionRequest.builder()
                .scanDefinitionIds(List.of(definition.id()))
                .build();

        List<ScanHistoryByDefinition> all =
                scans.historyByDefinition(request).collectList().block(Clients.PATIENCE);
        List<ScanHistoryByDefinition> cut = scans.historyByDefinition(
                        ListScanHistoryByDefinitionQuery.builder()
                                .top(3)
                                .skip(60)
                                .build(),
                        request)
                .collectList()
                .block(Clients.PATIENCE);

        assertThat(all).hasSizeGreaterThan(150).doesNotHaveDuplicates();
        assertThat(all).isSortedAccordingTo((left, right) -> right.lastScanned().compareTo(left.lastScanned()));
        assertThat(cut).isEqualTo(all.subList(60, 63));
        assertThat(emulator.journal().calls("listScanHistoryByDefinition"))
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(entry -> entry.method().equals("POST"));
    }

    @Test
    void shouldTellWhatASessionFound() {
        ScanDefinition definition = scans.definitions().next().block(Clients.PATIENCE);
        String session = emulator.tenant().scanSessionIds(definition.id()).get(0);

        ScanHistoryBySession found = scans.historyBySession(ListScanHistoryBySessionRequest.builder()
                        .sessionIds(List.of(session))
                        .build())
                .single()
                .block(Clients.PATIENCE);

        assertThat(found.sessionIds()).isEqualTo(session);
        assertThat(found.lastScanned()).isEqualTo(definition.latestScan().executionDateTime());
        assertThat(found.listScannedTargets()).hasSize(found.numberOfTargets());
    }
}
