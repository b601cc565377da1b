package io.github.defenderreactive.client;

import static io.github.defenderreactive.client.graph.api.Operations.LIST_SECURITY_INCIDENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.client.graph.api.GraphSecurity;
import io.github.defenderreactive.client.graph.model.CloudLogonSessionEvidence;
import io.github.defenderreactive.client.graph.model.ContainerEvidence;
import io.github.defenderreactive.client.graph.model.DetectionSource;
import io.github.defenderreactive.client.graph.model.DeviceEvidence;
import io.github.defenderreactive.client.graph.model.EvidenceRemediationStatus;
import io.github.defenderreactive.client.graph.model.HuntingQueryColumn;
import io.github.defenderreactive.client.graph.model.HuntingQueryResults;
import io.github.defenderreactive.client.graph.model.KubernetesPodEvidence;
import io.github.defenderreactive.client.graph.model.RunHuntingQueryRequest;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.model.SecurityAlertClassification;
import io.github.defenderreactive.client.graph.model.SecurityAlertSeverity;
import io.github.defenderreactive.client.graph.model.SecurityAlertStatus;
import io.github.defenderreactive.client.graph.model.SecurityIncident;
import io.github.defenderreactive.client.graph.model.SecurityIncidentExpansion;
import io.github.defenderreactive.client.graph.model.ServiceSource;
import io.github.defenderreactive.client.graph.model.UpdateSecurityAlertRequest;
import io.github.defenderreactive.client.graph.model.UpdateSecurityIncidentRequest;
import io.github.defenderreactive.client.graph.query.GetSecurityIncidentQuery;
import io.github.defenderreactive.client.graph.query.ListSecurityAlertsQuery;
import io.github.defenderreactive.client.graph.query.ListSecurityIncidentsQuery;
import io.github.defenderreactive.client.graph.query.SecurityAlertFields;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.model.RunAdvancedQueryRequest;
import io.github.defenderreactive.client.xdr.api.DefenderXdr;
import io.github.defenderreactive.client.xdr.model.AdvancedHuntingColumn;
import io.github.defenderreactive.client.xdr.model.AdvancedHuntingResult;
import io.github.defenderreactive.client.xdr.model.Incident;
import io.github.defenderreactive.client.xdr.model.IncidentAlert;
import io.github.defenderreactive.client.xdr.model.IncidentClassification;
import io.github.defenderreactive.client.xdr.model.IncidentDetermination;
import io.github.defenderreactive.client.xdr.model.IncidentStatus;
import io.github.defenderreactive.client.xdr.model.RunAdvancedHuntingRequest;
import io.github.defenderreactive.client.xdr.model.UpdateIncidentRequest;
import io.github.defenderreactive.client.xdr.query.ListIncidentsQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.JournalEntry;
import io.github.defenderreactive.emulator.Stub;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Microsoft Graph and Defender XDR over the wire: other host, audience and error, same client. */
class SiblingsTest {

    private DefenderEmulator emulator;
    private DefenderClient client;
    private GraphSecurity graph;
    private DefenderXdr xdr;
    private final List<Runnable> closing = new ArrayList<>();

    @BeforeEach
    void start() {
        emulator = DefenderEmulator.builder().size(900).pageSize(40).start();
        client = Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();
        graph = client.graphSecurity();
        xdr = client.defenderXdr();
    }

    @AfterEach
    void stop() {
        client.close();
        closing.forEach(Runnable::run);
        emulator.close();
    }

    private static <T> T one(Mono<T> call) {
        T value = call.block(Clients.PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    private <T extends DefenderException> T failure(Mono<?> call, Class<T> type) {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
        StepVerifier.create(call).expectErrorSatisfies(seen::add).verify(Clients.PATIENCE);
        assertThat(seen).singleElement().isInstanceOf(type);
        return type.cast(seen.remove());
    }

    // ---- alerts of Microsoft Graph -------------------------------------------------------------------------------

    @Test
    void shouldReadEveryAlertThroughLinks() {
        List<String> same = client.alerts().list().map(Alert::id).collectList().block(Clients.PATIENCE);

        StepVerifier.create(graph.alerts().list().map(SecurityAlert::id))
                .expectNextSequence(same)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("listSecurityAlerts")).hasSize(23);
    }

    @Test
    void shouldFollowLinksInPagesOfAChosenSize() {
        ListSecurityAlertsQuery query = ListSecurityAlertsQuery.builder()
                .filter(SecurityAlertFields.SEVERITY.eq(SecurityAlertSeverity.HIGH))
                .build();
        List<String> all =
                graph.alerts().list(query).map(SecurityAlert::id).collectList().block(Clients.PATIENCE);
        emulator.journal().clear();

        StepVerifier.create(graph.alerts().list(query).pageSize(30).map(SecurityAlert::id))
                .expectNextSequence(all)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("listSecurityAlerts"))
                .hasSize((all.size() + 29) / 30)
                .allSatisfy(call -> assertThat(call.target()).contains("$top=30"));
    }

    @Test
    void shouldReadOneAlertWithItsEvidence() {
        String id = emulator.tenant().alertId(7);

        SecurityAlert alert = one(graph.alerts().get(id));

        assertThat(alert.title()).isEqualTo(emulator.tenant().alerts().get(id).get("title"));
        assertThat(alert.evidence().get(0))
                .isInstanceOfSatisfying(
                        DeviceEvidence.class,
                        device -> assertThat(device.mdeDeviceId())
                                .isEqualTo(emulator.tenant().alerts().get(id).get("machineId")));
        assertThat(failure(graph.alerts().get("none"), NotFoundException.class).operationId())
                .isEqualTo("getSecurityAlert");
    }

    @Test
    void shouldChangeAnAlertThatTheOtherApiShows() {
        String id = emulator.tenant().alertId(7);
        emulator.faults().add(Fault.resetBeforeHeaders().on("updateSecurityAlert"));

        SecurityAlert changed = one(graph.alerts()
                .update(
                        id,
                        UpdateSecurityAlertRequest.builder()
                                .status(SecurityAlertStatus.RESOLVED)
                                .classification(SecurityAlertClassification.TRUE_POSITIVE)
                                .build()));

        assertThat(changed.status()).isEqualTo(SecurityAlertStatus.RESOLVED);
        assertThat(one(client.alerts().get(id)).status()).isEqualTo(AlertStatus.RESOLVED);
    }

    /** Whether a value came after unknownFutureValue is not to be seen: every read prefers to get it. */
    @Test
    void shouldGetTheValuesThatCameLaterAndEveryKindOfEvidenceTyped() {
        ListSecurityAlertsQuery ofTheCloud = ListSecurityAlertsQuery.builder()
                .filter(SecurityAlertFields.SERVICE_SOURCE.eq(ServiceSource.MICROSOFT_DEFENDER_FOR_CLOUD))
                .build();
        List<SecurityAlert> alerts =
                graph.alerts().list(ofTheCloud).collectList().block(Clients.PATIENCE);

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.serviceSource()).isEqualTo(ServiceSource.MICROSOFT_DEFENDER_FOR_CLOUD);
            assertThat(alert.detectionSource())
                    .isIn(
                            DetectionSource.MICROSOFT_DEFENDER_FOR_CONTAINERS,
                            DetectionSource.MICROSOFT_DEFENDER_FOR_SERVERS);
        });
        assertThat(alerts)
                .flatExtracting(SecurityAlert::evidence)
                .hasAtLeastOneElementOfType(KubernetesPodEvidence.class)
                .hasAtLeastOneElementOfType(CloudLogonSessionEvidence.class)
                .filteredOn(ContainerEvidence.class::isInstance)
                .extracting(item -> ((ContainerEvidence) item).remediationStatus())
                .containsOnly(EvidenceRemediationStatus.ACTIVE);
        StepVerifier.create(graph.alerts().list().map(SecurityAlert::requireKnownMembers))
                .expectNextCount(900)
                .expectComplete()
                .verify(Clients.PATIENCE);
    }

    // ---- incidents -----------------------------------------------------------------------------------------------

    @Test
    void shouldReadTheSameIncidentsFromBothApis() {
        List<String> ids = graph.incidents()
                .list(ListSecurityIncidentsQuery.builder().top(50).build())
                .map(SecurityIncident::id)
                .collectList()
                .block(Clients.PATIENCE);

        StepVerifier.create(xdr.incidents().list().map(incident -> Long.toString(incident.incidentId())))
                .expectNextSequence(ids)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(ids).hasSize(300);
        assertThat(emulator.journal().calls("listSecurityIncidents")).hasSize(6);
        assertThat(emulator.journal().calls("listIncidents"))
                .extracting(JournalEntry::target)
                .containsExactly(
                        "/api/incidents?$top=100",
                        "/api/incidents?$top=100&$skip=100",
                        "/api/incidents?$top=100&$skip=200",
                        "/api/incidents?$top=100&$skip=300");
    }

    @Test
    void shouldRefusePagesOfIncidentsThatTheServiceRefuses() {
        assertThatThrownBy(() -> graph.incidents().list().pageSize(51))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("listSecurityIncidents: page size must be from 1 to 50, was 51");
        assertThatThrownBy(() -> ListSecurityIncidentsQuery.builder().top(51))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 1 and 50: 51");
        BadRequestException refused = failure(
                client.paged(LIST_SECURITY_INCIDENTS.call().query("$top", "51").build())
                        .next(),
                BadRequestException.class);

        assertThat(refused).hasMessageContaining("The limit of '50' for Top query has been exceeded");
        assertThat(emulator.journal().calls("listSecurityIncidents")).hasSize(1);
        StepVerifier.create(graph.incidents().list().pageSize(50).take(51))
                .expectNextCount(51)
                .expectComplete()
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldChangeEveryMemberOfAnIncidentThatTheServiceLetsChange() {
        SecurityIncident changed = one(graph.incidents()
                .update(
                        "1042",
                        UpdateSecurityIncidentRequest.builder()
                                .displayName("Quay")
                                .description("At night.")
                                .severity(SecurityAlertSeverity.HIGH)
                                .resolvingComment("Rebuilt.")
                                .build()));

        assertThat(changed.displayName()).isEqualTo("Quay");
        assertThat(changed.description()).isEqualTo("At night.");
        assertThat(changed.severity()).isEqualTo(SecurityAlertSeverity.HIGH);
        assertThat(changed.resolvingComment()).isEqualTo("Rebuilt.");
    }

    @Test
    void shouldStopAtTopAndBeginAtSkip() {
        ListIncidentsQuery query =
                ListIncidentsQuery.builder().top(30).skip(250).build();

        StepVerifier.create(xdr.incidents().list(query).pageSize(20).map(Incident::incidentId))
                .expectNext(1049L)
                .expectNextCount(29)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("listIncidents"))
                .extracting(JournalEntry::target)
                .containsExactly("/api/incidents?$top=20&$skip=250", "/api/incidents?$top=10&$skip=270");
    }

    @Test
    void shouldReadOneIncidentWithItsAlerts() {
        Incident incident = one(xdr.incidents().get(1042));
        SecurityIncident plain = one(graph.incidents().get("1042"));
        SecurityIncident expanded = one(graph.incidents()
                .get(
                        "1042",
                        GetSecurityIncidentQuery.builder()
                                .expand(SecurityIncidentExpansion.ALERTS)
                                .build()));

        assertThat(incident.alerts()).hasSize(3);
        assertThat(plain.displayName()).isEqualTo(incident.incidentName());
        assertThat(plain.alerts()).isEmpty();
        assertThat(expanded.alerts())
                .extracting(SecurityAlert::id)
                .containsExactlyElementsOf(
                        incident.alerts().stream().map(IncidentAlert::alertId).toList());
    }

    @Test
    void shouldChangeAnIncidentThatTheOtherApiShows() {
        Incident changed = one(xdr.incidents()
                .update(
                        1042,
                        UpdateIncidentRequest.builder()
                                .status(IncidentStatus.IN_PROGRESS)
                                .classification(IncidentClassification.TRUE_POSITIVE)
                                .determination(IncidentDetermination.PHISHING)
                                .comment("seen")
                                .build()));
        SecurityIncident other = one(graph.incidents()
                .update(
                        "1042",
                        UpdateSecurityIncidentRequest.builder()
                                .customTags(List.of("quay"))
                                .build()));

        assertThat(changed.status()).isEqualTo(IncidentStatus.IN_PROGRESS);
        assertThat(other.classification()).isEqualTo(SecurityAlertClassification.TRUE_POSITIVE);
        assertThat(other.comments().get(0).comment()).isEqualTo("seen");
        assertThat(one(xdr.incidents().get(1042)).tags()).containsExactly("quay");
    }

    @Test
    void shouldNotRepeatACommentWhoseAnswerWasLost() {
        emulator.faults().add(Fault.resetBeforeHeaders().on("updateIncident"));

        failure(
                xdr.incidents()
                        .update(
                                1042,
                                UpdateIncidentRequest.builder().comment("once").build()),
                OutcomeUnknownException.class);
        assertThat(emulator.journal().calls("updateIncident")).hasSize(1);
    }

    // ---- hunting -------------------------------------------------------------------------------------------------

    @Test
    @SuppressWarnings("deprecation")
    void shouldHuntThroughBothApis() {
        String query = "AlertInfo | project AlertId, Timestamp | take 3";
        HuntingQueryResults results = one(graph.hunting()
                .run(RunHuntingQueryRequest.builder().query(query).build()));
        AdvancedHuntingResult result = one(xdr.advancedHunting()
                .run(RunAdvancedHuntingRequest.builder().query(query).build()));

        assertThat(results.schema()).extracting(HuntingQueryColumn::name).containsExactly("AlertId", "Timestamp");
        assertThat(result.schema()).extracting(AdvancedHuntingColumn::name).containsExactly("AlertId", "Timestamp");
        assertThat(results.results()).isNotEmpty().isEqualTo(result.results());
    }

    /** The service allows 50 MB of rows, 124 MB by the pages of 2025, and their JSON may be larger. */
    @Test
    void shouldReadAHuntingResponseLargerThanOtherEntitiesMayBe() throws IOException {
        String rows = ":[{\"a\":1}" + " ".repeat(70 << 20) + "]}";
        JsonValue row = JsonValue.of("{\"a\":1}");
        emulator.stubs().add(gzip("{\"results\"" + rows, "runHuntingQuery", "getSecurityAlert"));
        emulator.stubs().add(gzip("{\"Results\"" + rows, "runAdvancedHunting", "runAdvancedQuery"));

        assertThat(one(graph.hunting()
                                .run(RunHuntingQueryRequest.builder().query("a").build()))
                        .results())
                .containsExactly(row);
        assertThat(one(xdr.advancedHunting()
                                .run(RunAdvancedHuntingRequest.builder()
                                        .query("a")
                                        .build()))
                        .results())
                .containsExactly(row);
        assertThat(one(client.advancedHunting()
                                .run(RunAdvancedQueryRequest.builder()
                                        .query("a")
                                        .build()))
                        .results())
                .containsExactly(row);
        assertThat(failure(graph.alerts().get("a"), DecodeException.class))
                .hasMessageContaining("Document larger than 67108864 bytes")
                .hasMessageContaining("jsonLimits");
    }

    private static Stub gzip(String json, String... operations) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(json.getBytes(StandardCharsets.US_ASCII));
        }
        return Stub.of(operations).body("application/json", bytes.toByteArray()).header("Content-Encoding", "gzip");
    }

    @Test
    void shouldKeepTheAnnotationsOfHuntingRows() {
        HuntingQueryResults results = one(graph.hunting()
                .run(RunHuntingQueryRequest.builder()
                        .query("DeviceInfo | project IsAzureADJoined | take 1")
                        .build()));

        assertThat(results.schema()).extracting(HuntingQueryColumn::name).containsExactly("IsAzureADJoined");
        assertThat(results.results()).singleElement().satisfies(row -> {
            assertThat(row.json()).startsWith("{\"IsAzureADJoined@odata.type\":\"#SByte\",\"IsAzureADJoined\":");
            Boolean joined = row.decode(in -> {
                Boolean value = null;
                in.beginObject();
                while (in.nextMember()) {
                    if (in.name().equals("IsAzureADJoined")) {
                        value = in.booleanOrNull();
                    } else {
                        in.skipValue();
                    }
                }
                return value;
            });
            assertThat(joined).isNotNull();
        });
    }

    @Test
    void shouldFindTheRequestIdOfMicrosoftGraph() {
        BadRequestException error = failure(
                graph.hunting()
                        .run(RunHuntingQueryRequest.builder().query("Ships").build()),
                BadRequestException.class);

        assertThat(error).hasMessageContaining("Ships");
        assertThat(error.serviceCode()).isEqualTo("BadRequest");
        assertThat(error.requestId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    // ---- tokens --------------------------------------------------------------------------------------------------

    @Test
    void shouldAskForOneTokenForEachApiThatIsCalled() {
        one(client.alerts().list().next());
        one(client.machines().list().next());
        assertThat(emulator.journal().tokenRequests()).isEqualTo(1);

        one(graph.incidents().list().next());
        one(graph.alerts().list().next());
        assertThat(emulator.journal().tokenRequests()).isEqualTo(2);

        one(xdr.incidents().list().next());
        one(client.alerts().list().next());
        one(xdr.incidents().get(1042));
        assertThat(emulator.journal().tokenRequests()).isEqualTo(3);
    }

    @Test
    void shouldAskForTheScopeOfTheApi() {
        Queue<String> scopes = new ConcurrentLinkedQueue<>();
        try (DefenderClient watched = withCredential(request -> {
            scopes.add(request.scope());
            return request;
        })) {
            one(watched.defenderXdr().incidents().get(1042));
            one(watched.graphSecurity().incidents().get("1042"));
            one(watched.alerts().list().next());
        }

        assertThat(scopes)
                .containsExactly(
                        "https://api.security.microsoft.com/.default",
                        "https://graph.microsoft.com/.default",
                        "https://api.securitycenter.microsoft.com/.default");
    }

    @Test
    void shouldSayWhatATokenForAnotherAudienceMeans() {
        try (DefenderClient confused =
                withCredential(request -> TokenRequest.of("https://api.securitycenter.microsoft.com/.default"))) {
            PermissionDeniedException denied =
                    failure(confused.defenderXdr().incidents().get(1042), PermissionDeniedException.class);
            AuthenticationException refused =
                    failure(confused.graphSecurity().incidents().get("1042"), AuthenticationException.class);

            assertThat(denied).hasMessageContaining("audience").hasMessageContaining("Incident.Read.All");
            assertThat(refused).hasMessageContaining("Invalid audience");
            assertThat(refused.requestId()).isNotNull();
        }
    }

    private DefenderClient withCredential(UnaryOperator<TokenRequest> change) {
        ReactorNettyTransport authority =
                ReactorNettyTransport.create(Clients.transport(emulator).build());
        closing.add(authority::dispose);
        TokenCredential secret = ClientSecretCredential.builder()
                .tenantId(emulator.tenantId())
                .clientId(emulator.clientId())
                .secret(emulator::clientSecret)
                .authority(emulator.authority())
                .transport(authority)
                .build();
        return DefenderClient.builder()
                .environment(DefenderEnvironment.WORLDWIDE
                        .withServer(emulator.baseUrl())
                        .withAuthority(emulator.authority()))
                .credential(request -> secret.getToken(change.apply(request)))
                .transportOptions(Clients.transport(emulator).build())
                .rateLimiter(RateLimiter.unlimited())
                .build();
    }

    // ---- one client ----------------------------------------------------------------------------------------------

    @Test
    void shouldRouteAnyOperationByItsApi() {
        one(client.paged(io.github.defenderreactive.client.xdr.api.Operations.LIST_INCIDENTS
                        .call()
                        .build())
                .next());
        one(client.single(io.github.defenderreactive.client.graph.api.Operations.GET_SECURITY_INCIDENT
                .call()
                .path("incidentId", "1042")
                .build()));

        assertThat(emulator.journal().calls("listIncidents")).hasSize(1);
        assertThat(emulator.journal().calls("getSecurityIncident")).hasSize(1);
    }

    @Test
    void shouldGiveEveryOperationAnIdAndAQuotaGroupOfItsApi() {
        assertThat(Api.all()).extracting(operation -> operation.info().id()).doesNotHaveDuplicates();
        List<List<String>> groups = Stream.of(Api.values())
                .map(api -> api.operations().stream()
                        .map(operation -> operation.info().quota().group())
                        .distinct()
                        .toList())
                .toList();

        assertThat(groups.stream().flatMap(List::stream).toList()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void shouldNameTheApiInEveryOperation(Api api) {
        assertThat(api.operations()).isNotEmpty();
        for (Operation<?> operation : api.operations()) {
            assertThat(operation.info().api()).isEqualTo(api.id());
            assertThat(Api.find(operation.info().id())).contains(operation);
        }
    }

    @Test
    void shouldCountQuotasApart() {
        RateLimiter impatient = RateLimiter.builder().maxWait(Duration.ZERO).build();
        try (DefenderClient limited =
                Clients.builder(emulator).rateLimiter(impatient).build()) {
            for (int i = 0; i < 50; i++) {
                one(limited.defenderXdr().incidents().list().next());
            }
            failure(limited.defenderXdr().incidents().list().next(), ThrottledException.class);

            one(limited.graphSecurity().incidents().list().next());
            one(limited.alerts().list().next());
            one(limited.defenderXdr().incidents().get(1042));
        }
    }

    @Test
    void shouldApplyAViewToAllApis() {
        emulator.faults()
                .add(Fault.status(503).on("getSecurityIncident", "getIncident").times(2));
        DefenderClient patient = client.withRetry(RetryPolicy.none());

        failure(patient.graphSecurity().incidents().get("1042"), DefenderException.class);
        failure(patient.defenderXdr().incidents().get(1042), DefenderException.class);
        one(graph.incidents().get("1042"));
        emulator.faults().add(Fault.delayed(Duration.ofSeconds(5)).on("getSecurityIncident"));
        assertThatThrownBy(() -> one(client.withDeadline(Duration.ofMillis(300))
                        .graphSecurity()
                        .incidents()
                        .get("1042")))
                .isInstanceOf(io.github.defenderreactive.runtime.error.CallTimeoutException.class);
    }
}
