package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.defenderreactive.client.graph.model.FileEvidence;
import io.github.defenderreactive.client.graph.model.RunHuntingQueryRequest;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.model.SecurityAlertSeverity;
import io.github.defenderreactive.client.graph.model.UrlEvidence;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertComment;
import io.github.defenderreactive.client.model.AlertEvidence;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.client.model.EvidenceEntityType;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.LiveResponseCommand;
import io.github.defenderreactive.client.model.LiveResponseCommandParam;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseParamKey;
import io.github.defenderreactive.client.model.LiveResponseScriptOutput;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.client.model.MachineHealthStatus;
import io.github.defenderreactive.client.model.RunAdvancedQueryRequest;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.client.model.UpdateAlertRequest;
import io.github.defenderreactive.client.model.VulnerabilityChange;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ExportSoftwareVulnerabilityChangesQuery;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.xdr.model.RunAdvancedHuntingRequest;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderEmulatorExtension;
import io.github.defenderreactive.emulator.Stub;
import io.github.defenderreactive.emulator.Tenant;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Data that tests give to the emulator, as their clients see it. */
class OwnDataTest {

    @RegisterExtension
    final DefenderEmulatorExtension extension =
            DefenderEmulatorExtension.with(builder -> builder.size(60).actionPace(Duration.ZERO, Duration.ZERO));

    private Tenant tenant;
    private DefenderEmulator emulator;
    private DefenderClient client;

    @BeforeEach
    void connect() {
        emulator = extension.emulator();
        tenant = emulator.tenant();
        client = Clients.builder(emulator)
                .rateLimiter(RateLimiter.unlimited())
                .retryPolicy(RetryPolicy.none())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static <T> T one(Mono<T> value) {
        return Objects.requireNonNull(value.block(Clients.PATIENCE));
    }

    private static <T> List<T> all(Flux<T> values) {
        return one(values.collectList());
    }

    /** Every collection that shows alerts or devices in some form still comes whole. */
    private void requireEveryListWhole() {
        assertThat(all(client.alerts()
                        .list(ListAlertsQuery.builder()
                                .expand(AlertExpansion.EVIDENCE)
                                .build())))
                .hasSizeGreaterThanOrEqualTo(60);
        assertThat(all(client.graphSecurity().alerts().list())).hasSizeGreaterThanOrEqualTo(60);
        assertThat(all(client.graphSecurity().incidents().list())).isNotEmpty();
        assertThat(all(client.defenderXdr().incidents().list())).isNotEmpty();
        assertThat(all(client.machines().list())).isNotEmpty();
        assertThat(all(client.exports().vulnerabilities())).isNotEmpty();
        for (String table : List.of("AlertInfo", "AlertEvidence", "DeviceProcessEvents", "DeviceInfo")) {
            assertThat(one(client.graphSecurity()
                                    .hunting()
                                    .run(RunHuntingQueryRequest.builder()
                                            .query(table)
                                            .build()))
                            .results())
                    .isNotEmpty();
        }
    }

    // Alerts ----------------------------------------------------------------------------------------------------------

    @Test
    void shouldTakeEnumerationsAndModelsOfTheClientAtAnyDepth() {
        String id = tenant.alerts()
                .add(Map.of(
                        "severity",
                        AlertSeverity.HIGH,
                        "comments",
                        Set.of(AlertComment.builder().comment("Seen before").build()),
                        "evidence",
                        List.of(
                                Map.of("entityType", EvidenceEntityType.FILE, "sha1", "a".repeat(40)),
                                AlertEvidence.builder()
                                        .entityType(EvidenceEntityType.of("Url"))
                                        .url("https://quay.example/load")
                                        .build()),
                        "lastEventTime",
                        OffsetDateTime.parse("2026-11-01T02:00:00+02:00")));

        Alert alert = one(client.alerts().get(id));
        SecurityAlert same = one(client.graphSecurity().alerts().get(id));

        assertThat(alert.severity()).isEqualTo(AlertSeverity.HIGH);
        assertThat(alert.lastEventTime()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(alert.comments()).extracting(AlertComment::comment).containsExactly("Seen before");
        assertThat(alert.evidence()).extracting(AlertEvidence::sha1).contains("a".repeat(40));
        assertThat(same.severity()).isEqualTo(SecurityAlertSeverity.HIGH);
        assertThat(same.evidence()).hasAtLeastOneElementOfType(FileEvidence.class);
        assertThat(same.evidence()).hasAtLeastOneElementOfType(UrlEvidence.class);
        assertThat(all(client.alerts().domains(id))).hasSize(1);
        requireEveryListWhole();
    }

    @Test
    void shouldTakeAnAlertOfTheClient() {
        Instant created = Instant.parse("2026-10-31T12:00:00.1234567Z");

        String id = tenant.alerts()
                .add(Alert.builder()
                        .id("da1_-1")
                        .title("Crane moved by nobody")
                        .status(AlertStatus.IN_PROGRESS)
                        .alertCreationTime(created)
                        .build());

        assertThat(id).isEqualTo("da1_-1");
        Alert alert = one(client.alerts().get("da1_-1"));
        assertThat(alert.title()).isEqualTo("Crane moved by nobody");
        assertThat(alert.status()).isEqualTo(AlertStatus.IN_PROGRESS);
        assertThat(alert.alertCreationTime()).isEqualTo(created);
        assertThat(alert.machineId()).as("what is not given is computed").isNotEmpty();
        assertThat(all(client.alerts()
                        .list(ListAlertsQuery.builder()
                                .filter(AlertFields.ALERT_CREATION_TIME.eq(created))
                                .build())))
                .extracting(Alert::id)
                .containsExactly("da1_-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.alerts().add(Map.of("id", "da1_-1")))
                .withMessage("alert member id must be new, was 'da1_-1'");
        assertThatIllegalArgumentException().isThrownBy(() -> tenant.alerts().add(Map.of("id", tenant.alertId(3))));
    }

    private record Wrong(String member, @Nullable Object value, String message) {}

    private static final List<Wrong> WRONG = List.of(
            new Wrong("title", 5, "alert member title must be a text, was 5 (Integer)"),
            new Wrong("title", List.of(), "alert member title must be a text, was [] (ListN)"),
            new Wrong("title", Thread.State.NEW, "alert member title must be a text, was NEW (State)"),
            new Wrong("severity", true, "alert member severity must be a text such as UnSpecified, was true"),
            new Wrong(
                    "severity",
                    "high",
                    "alert member severity must be one of UnSpecified, Informational, Low, Medium, High, was 'high'"),
            new Wrong("severity", "Hihg", "alert member severity must be one of UnSpecified"),
            new Wrong("incidentId", "7", "alert member incidentId must be a whole number, was '7'"),
            new Wrong("incidentId", 1.5, "alert member incidentId must be a whole number of 64 bits, was 1.5"),
            new Wrong("incidentId", 1e30, "alert member incidentId must be a whole number of 64 bits"),
            new Wrong("lastEventTime", "yesterday", "alert member lastEventTime must be a time from year 1 to 9999"),
            new Wrong("lastEventTime", "2026-11-01", "alert member lastEventTime must be a time"),
            new Wrong("lastEventTime", "2026-02-30T00:00:00Z", "alert member lastEventTime must be a time"),
            new Wrong("lastEventTime", 1_700_000_000L, "alert member lastEventTime must be a time"),
            new Wrong("lastEventTime", Instant.MAX, "alert member lastEventTime must be a time"),
            new Wrong("mitreTechniques", "T1059", "alert member mitreTechniques must be a list, was 'T1059'"),
            new Wrong(
                    "mitreTechniques",
                    Arrays.asList("T1059", null),
                    "alert member mitreTechniques[1] must be a text, was null"),
            new Wrong("relatedUser", "anna", "alert member relatedUser must be an object, was 'anna'"),
            new Wrong(
                    "evidence",
                    List.of(Map.of("sha1", 5)),
                    "alert member evidence[0].sha1 must be a text, was 5 (Integer)"),
            new Wrong(
                    "evidence",
                    List.of(Map.of("sha3", "x")),
                    "alert member evidence[0] has no member sha3; the nearest is sha1"),
            new Wrong(
                    "evidence",
                    List.of(Map.of("aadUserId", "anna")),
                    "alert member evidence[0].aadUserId must be a GUID, was 'anna'"),
            new Wrong("comments", List.of("hello"), "alert member comments[0] must be an object, was 'hello'"),
            new Wrong("comments", Map.of(1, 2), "alert member comments must be a list"),
            new Wrong("domains", List.of(Thread.State.NEW), "alert member domains[0] must be a JSON value"),
            new Wrong("domains", List.of(Double.NaN), "alert member domains[0] must be finite, was NaN"),
            new Wrong("id", null, "alert member id must be a text, was null"),
            new Wrong("machineId", "0".repeat(40), "alert member machineId must be the id of a machine"),
            new Wrong("machineid", "x", "alert has no member machineid; the nearest is machineId"),
            new Wrong("newMember", "x", "alert has no member newMember; allowingUnknown() accepts"));

    /** Each broke every later list, or was shown to nobody. */
    @Test
    void shouldRefuseAtOnceWhatTheServiceWouldNotSend() {
        for (Wrong wrong : WRONG) {
            Map<String, @Nullable Object> members = new HashMap<>();
            members.put(wrong.member(), wrong.value());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tenant.alerts().add(members))
                    .withMessageStartingWith(wrong.message());
            if (!wrong.member().equals("id") && !wrong.member().startsWith("machine")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> tenant.alerts().update(tenant.alertId(1), members))
                        .withMessageStartingWith(wrong.message());
            }
        }
        assertThat(all(client.alerts().list())).hasSize(60);
    }

    @Test
    void shouldRefuseDataThatHoldsItself() {
        Map<String, Object> inner = new HashMap<>();
        Map<String, Object> outer = new HashMap<>(Map.of("inner", inner));
        inner.put("outer", outer);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.alerts().add(Map.of("domains", List.of(outer))))
                .withMessageContaining("nested deeper");
        assertThatIllegalArgumentException().isThrownBy(() -> tenant.alerts().add(Map.of("title", outer)));
    }

    @Test
    void shouldShowWhatIsNullEverywhere() {
        for (String member : List.of(
                "incidentId",
                "severity",
                "status",
                "classification",
                "determination",
                "investigationState",
                "detectionSource",
                "category",
                "title",
                "alertCreationTime",
                "firstEventTime",
                "lastEventTime",
                "lastUpdateTime",
                "machineId",
                "mitreTechniques",
                "relatedUser",
                "comments",
                "evidence",
                "loggedOnUsers")) {
            Map<String, Object> members = new HashMap<>();
            members.put(member, null);

            String id = tenant.alerts().add(members);

            assertThat(tenant.alerts().get(id)).containsEntry(member, null);
            assertThat(one(client.alerts().get(id)).id()).isEqualTo(id);
        }
        tenant.alerts().add(Map.of("status", "", "severity", "", "detectionSource", "", "title", ""));
        requireEveryListWhole();
    }

    @Test
    void shouldAcceptUnknownMembersAndValuesOnRequest() {
        Tenant later = tenant.allowingUnknown();
        String id = later.alerts()
                .add(Map.of(
                        "newMember",
                        List.of(Map.of("deep", 1)),
                        "severity",
                        "high",
                        "evidence",
                        List.of(Map.of("entityType", "Quay", "berth", 7))));
        later.alerts().update(tenant.alertId(0), Map.of("newerMember", true));

        Alert alert = one(client.alerts().get(id));

        assertThat(alert.severity()).isEqualTo(AlertSeverity.of("high"));
        assertThat(alert.unknownMembers()).containsOnlyKeys("@odata.context", "newMember");
        assertThat(alert.unknownMembers().get("newMember").json()).isEqualTo("[{\"deep\":1}]");
        assertThat(alert.evidence().get(0).unknownMembers()).containsOnlyKeys("berth");
        assertThat(one(client.alerts().get(tenant.alertId(0))).unknownMembers()).containsKey("newerMember");
        assertThat(tenant.alerts().get(id)).containsEntry("newMember", List.of(Map.of("deep", 1L)));
        assertThatIllegalArgumentException().isThrownBy(() -> later.alerts().add(Map.of("title", 5)));
        assertThatIllegalArgumentException().isThrownBy(() -> tenant.alerts().add(Map.of("newMember", 1)));
        requireEveryListWhole();
    }

    /** What the emulator shows passes its own check, as maps and as models. */
    @Test
    void shouldTakeBackWhatItShows() {
        for (int i = 0; i < 60; i++) {
            Map<String, @Nullable Object> members =
                    new HashMap<>(tenant.alerts().get(tenant.alertId(i)));
            members.remove("id");
            requireSame(members, tenant.alerts().get(tenant.alerts().add(members)));
        }
        for (Alert alert : all(client.alerts().list().take(20))) {
            String id = alert.id() + "7";
            assertThat(one(client.alerts()
                                    .get(tenant.alerts()
                                            .add(alert.toBuilder().id(id).build())))
                            .title())
                    .isEqualTo(alert.title());
        }
        Alert read = one(client.alerts().get(tenant.alertId(7)));
        assertThat(read.unknownMembers()).containsKey("@odata.context");
        for (Tenant any : List.of(tenant, tenant.allowingUnknown())) {
            String copy = any.alerts().add(read.toBuilder().id("copy " + any).build());
            assertThat(tenant.alerts().get(copy)).doesNotContainKey("@odata.context");
        }
        for (int i = 0; i < 5; i++) {
            Map<String, @Nullable Object> members =
                    new HashMap<>(tenant.machines().get(tenant.machineId(i)));
            members.remove("id");
            requireSame(members, tenant.machines().get(tenant.machines().add(members)));
        }
        for (String action : tenant.actionIds()) {
            Map<String, @Nullable Object> members =
                    new HashMap<>(tenant.machineActions().get(action));
            members.remove("id");
            requireSame(
                    members, tenant.machineActions().get(tenant.machineActions().add(members)));
        }
        requireEveryListWhole();
    }

    /** A number of another size is the same number. */
    private static void requireSame(Map<String, @Nullable Object> expected, Map<String, @Nullable Object> actual) {
        expected.forEach((name, value) ->
                assertThat(String.valueOf(actual.get(name))).as(name).isEqualTo(String.valueOf(value)));
    }

    @Test
    void shouldTakeAValueThatAnOpenEnumerationDoesNotList() {
        String id = tenant.alerts().add(Map.of("severity", "Critical"));

        assertThat(one(client.alerts().get(id)).severity()).isEqualTo(AlertSeverity.of("Critical"));
        requireEveryListWhole();
    }

    @Test
    void shouldShowPlainValues() {
        String id = tenant.alertId(0);
        one(client.alerts()
                .update(id, UpdateAlertRequest.builder().comment("hello").build()));

        assertThat(tenant.alerts().get(id).get("comments"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .satisfies(comment -> assertThat(comment)
                        .containsEntry("comment", "hello")
                        .containsEntry("createdBy", emulator.clientId()));
        assertThat(tenant.alerts().get(id).toString()).contains("comment=hello").doesNotContain("Entity@", "Evidence@");
    }

    // Machines and actions --------------------------------------------------------------------------------------------

    @Test
    void shouldShowAnOwnDeviceEverywhere() {
        String id = tenant.machines()
                .add(Machine.builder()
                        .computerDnsName("tug-7.harbour.example")
                        .lastIpAddress("192.0.2.7")
                        .healthStatus(MachineHealthStatus.ACTIVE)
                        .machineTags(List.of("tugs"))
                        .build());
        String alert = tenant.alerts().add(Map.of("machineId", id));

        assertThat(one(client.machines().get(id)).computerDnsName()).isEqualTo("tug-7.harbour.example");
        assertThat(one(client.machines().get("tug-7.harbour.example")).id()).isEqualTo(id);
        assertThat(all(client.machines().list())).extracting(Machine::id).contains(id);
        assertThat(all(client.machines().findByIp("192.0.2.7", Instant.now())))
                .extracting(Machine::id)
                .containsExactly(id);
        assertThat(all(client.machines().alerts(id))).extracting(Alert::id).containsExactly(alert);
        assertThat(one(client.alerts().get(alert)).computerDnsName()).isEqualTo("tug-7.harbour.example");
        assertThat(one(client.alerts().machine(alert)).id()).isEqualTo(id);
        assertThat(all(client.exports().software()))
                .extracting(record -> record.deviceName())
                .contains("tug-7.harbour.example");
        assertThat(one(client.graphSecurity()
                                .hunting()
                                .run(RunHuntingQueryRequest.builder()
                                        .query("DeviceInfo | where DeviceId == '" + id + "'")
                                        .build()))
                        .results())
                .hasSize(1);
        assertThat(one(client.machineActions()
                                .isolate(
                                        id,
                                        IsolateMachineRequest.builder()
                                                .comment("now")
                                                .isolationType(IsolationType.FULL)
                                                .build()))
                        .computerDnsName())
                .isEqualTo("tug-7.harbour.example");
        tenant.machines().update(id, Map.of("healthStatus", MachineHealthStatus.INACTIVE));
        tenant.machines().update(id, Map.of("rbacGroupName", "Tugs", "rbacGroupId", 777));
        assertThat(tenant.machines().get(id))
                .containsEntry("healthStatus", "Inactive")
                .containsEntry("rbacGroupId", 777L);
        assertThat(tenant.machines().count()).isEqualTo(6);
        assertThat(tenant.machineId(5)).isEqualTo(id);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.machines().update(id, Map.of("osBuild", "22631")))
                .withMessage("machine member osBuild must be a whole number, was '22631'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.machines().add(Map.of("computerDNSName", "x")))
                .withMessageStartingWith("machine has no member computerDNSName; the nearest is computerDnsName");
        assertThatIllegalArgumentException().isThrownBy(() -> tenant.machines().add(Map.of("id", id)));
        requireEveryListWhole();
    }

    @Test
    void shouldShowADeviceWhoseMembersAreNull() {
        for (String member : tenant.machines().get(tenant.machineId(0)).keySet()) {
            Map<String, Object> members = new HashMap<>();
            members.put(member, null);
            if (member.equals("id")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> tenant.machines().add(members));
            } else {
                assertThat(tenant.machines().get(tenant.machines().add(members)))
                        .containsEntry(member, null);
            }
        }
        requireEveryListWhole();
    }

    @Test
    void shouldShowAnOwnActionAndItsResult() {
        String machine = tenant.machineId(2);
        String id = tenant.machineActions()
                .add(Map.of(
                        "machineId",
                        machine,
                        "type",
                        MachineActionType.LIVE_RESPONSE,
                        "status",
                        MachineActionStatus.FAILED,
                        "errorHResult",
                        -2147024891L,
                        "commands",
                        List.of(Map.of(
                                "index",
                                0,
                                "commandStatus",
                                "Failed",
                                "errors",
                                List.of("Script was blocked"),
                                "command",
                                Map.of("type", "RunScript")))));

        MachineAction action = one(client.machineActions().get(id));

        assertThat(action.status()).isEqualTo(MachineActionStatus.FAILED);
        assertThat(action.errorHResult()).isEqualTo(-2147024891L);
        assertThat(action.commands().get(0).errors()).containsExactly("Script was blocked");
        assertThat(action.machineId()).isEqualTo(machine);
        assertThat(all(client.machineActions().list()))
                .extracting(MachineAction::id)
                .contains(id);
        assertThat(tenant.machineActions().get(id)).containsEntry("status", "Failed");

        tenant.machineActions().update(id, Map.of("status", "Pending", "title", "Again"));
        assertThat(one(client.machineActions().get(id)).status()).isEqualTo(MachineActionStatus.PENDING);
        assertThat(one(client.machineActions().get(id)).title()).isEqualTo("Again");
        tenant.endAction(id, MachineActionStatus.TIME_OUT);
        assertThat(one(client.machineActions().get(id)).status()).isEqualTo(MachineActionStatus.TIME_OUT);
        assertThatIllegalArgumentException().isThrownBy(() -> tenant.endAction(id, "Timeout"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.machineActions().add(Map.of()))
                .withMessage("action member machineId must be the id of a machine, was null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.machineActions().update(id, Map.of("id", "x")));
    }

    @Test
    void shouldRunAScriptWithTheGivenOutput() {
        tenant.scriptOutput(
                "berths.ps1",
                LiveResponseScriptOutput.builder()
                        .scriptOutput("{\"free\":3}")
                        .exitCode(7L)
                        .build());

        MachineAction action = one(client.machineActions()
                .runLiveResponse(
                        tenant.machineId(0),
                        RunLiveResponseRequest.builder()
                                .comment("count")
                                .commands(List.of(LiveResponseCommand.builder()
                                        .type(LiveResponseCommandType.RUN_SCRIPT)
                                        .params(List.of(LiveResponseCommandParam.builder()
                                                .key(LiveResponseParamKey.SCRIPT_NAME)
                                                .value("berths.ps1")
                                                .build()))
                                        .build()))
                                .build()));
        String link = one(client.machineActions().liveResponseResultLink(action.id(), 0))
                .value();
        LiveResponseScriptOutput output = LiveResponseScriptOutput.read(JsonReader.of(bytes(link)));

        assertThat(output.exitCode()).isEqualTo(7);
        assertThat(output.scriptOutput()).isEqualTo("{\"free\":3}");
        assertThat(output.scriptName()).isEqualTo("berths.ps1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.scriptOutput("x.ps1", Map.of("output", "x")))
                .withMessageStartingWith("script output has no member output; allowingUnknown()");
    }

    private byte[] bytes(String link) {
        return one(client.downloads().bytes(link).collectList().map(pieces -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            pieces.forEach(piece -> {
                byte[] copy = new byte[piece.remaining()];
                piece.get(copy);
                all.writeBytes(copy);
            });
            return all.toByteArray();
        }));
    }

    // Hunting and exports ---------------------------------------------------------------------------------------------

    @Test
    void shouldGiveRowsForAQueryInEveryApi() {
        String query = "DeviceTvmSoftwareInventory | where SoftwareName == 'ollama' | join X on DeviceId";
        Instant seen = Instant.parse("2026-11-01T00:00:00Z");
        tenant.hunting(
                "DeviceTvmSoftwareInventory\n| where SoftwareName == 'ollama'\n| join X on DeviceId;",
                List.of(Map.of("Timestamp", seen, "SoftwareName", "ollama", "Installed", 3, "Signed", true)));

        Map<?, ?> endpoint = (Map<?, ?>) one(client.advancedHunting()
                        .run(RunAdvancedQueryRequest.builder().query(query).build()))
                .results()
                .get(0)
                .toJava();
        assertThat(endpoint.get("SoftwareName")).isEqualTo("ollama");
        assertThat(endpoint.get("Installed")).isEqualTo(3L);
        assertThat(endpoint.get("Timestamp")).isEqualTo("2026-11-01T00:00:00.0000000Z");
        assertThat(endpoint.get("Signed")).isEqualTo(1L);
        assertThat(one(client.graphSecurity()
                                .hunting()
                                .run(RunHuntingQueryRequest.builder()
                                        .query(query)
                                        .build()))
                        .results())
                .hasSize(1);
        assertThat(one(client.defenderXdr()
                                .advancedHunting()
                                .run(RunAdvancedHuntingRequest.builder()
                                        .query(query)
                                        .build()))
                        .results())
                .hasSize(1);
    }

    @Test
    void shouldGiveRowsByPatternAndFunction() {
        tenant.hunting(
                Pattern.compile("^EmailEvents\\b"),
                List.of(Machine.builder().id("m").build()));
        tenant.hunting(query -> query.contains("AlertInfo") ? List.of() : null);

        assertThat(hunt("EmailEvents | take 1")).extracting(JsonValue::json).containsExactly("{\"id\":\"m\"}");
        assertThat(hunt("AlertInfo")).isEmpty();
        assertThat(hunt("DeviceInfo | take 2")).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.hunting("x", List.of("text")))
                .withMessageStartingWith("row 0 must be an object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.hunting("x", List.of(Map.of("Column", Thread.State.NEW))))
                .withMessageStartingWith("row 0.Column must be a JSON value");
    }

    private List<JsonValue> hunt(String query) {
        return one(client.advancedHunting()
                        .run(RunAdvancedQueryRequest.builder().query(query).build()))
                .results();
    }

    @Test
    void shouldSayThatItDoesNotSupportAQueryAndNotThatItIsWrong() {
        StepVerifier.create(client.graphSecurity()
                        .hunting()
                        .run(RunHuntingQueryRequest.builder()
                                .query("DeviceInfo | join kind=inner AlertInfo on DeviceId")
                                .build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ServiceException.class)
                        .isNotInstanceOf(BadRequestException.class)
                        .hasMessageContaining("tenant().hunting("))
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("runHuntingQuery"))
                .extracting(call -> call.status())
                .containsExactly(501);
    }

    @Test
    void shouldAnswerAFailureOfTheTestWithItsReason() {
        tenant.hunting(query -> {
            throw new IllegalStateException("the tide is out");
        });
        StepVerifier.create(client.advancedHunting()
                        .run(RunAdvancedQueryRequest.builder()
                                .query("DeviceInfo")
                                .build()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(ServiceException.class).hasMessageContaining("the tide is out"))
                .verify(Clients.PATIENCE);

        tenant.hunting(query -> List.of(Map.of("Column", Thread.State.NEW)));
        StepVerifier.create(client.advancedHunting()
                        .run(RunAdvancedQueryRequest.builder()
                                .query("DeviceInfo")
                                .build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ServiceException.class)
                        .hasMessageContaining("Column must be a JSON value"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldReplaceTheRecordsOfAnExport() throws Exception {
        tenant.exportRows(
                "exportSoftwareVulnerabilities",
                List.of(
                        AssetVulnerability.builder()
                                .id("a")
                                .deviceId("d")
                                .cveId("CVE-2026-0001")
                                .rbacGroupId(100)
                                .build(),
                        Map.of("id", "b", "deviceId", "e", "rbacGroupId", 12),
                        Map.of("id", "c", "deviceId", "e", "rbacGroupId", 12)));
        tenant.exportRows(
                "exportSoftwareVulnerabilityChanges",
                List.of(Map.of("id", "a", "deviceId", "d", "status", VulnerabilityChange.FIXED)));
        tenant.exportRows("exportSoftwareInventoryFiles", List.of());

        List<AssetVulnerability> records =
                all(client.exports().vulnerabilities().pageSize(2));
        List<String> links = one(client.exports().vulnerabilityFiles()).exportFiles();

        assertThat(records).extracting(AssetVulnerability::id).containsExactly("a", "b", "c");
        assertThat(records.get(0).cveId()).isEqualTo("CVE-2026-0001");
        assertThat(links).hasSize(2);
        assertThat(lines(links.get(1)))
                .hasSize(2)
                .first()
                .satisfies(line -> assertThat(line).contains("\"id\":\"b\""));
        assertThat(all(client.exports()
                        .vulnerabilityChanges(ExportSoftwareVulnerabilityChangesQuery.builder()
                                .sinceTime(Instant.now().minus(Duration.ofDays(1)))
                                .build())))
                .extracting(change -> change.status())
                .containsExactly(VulnerabilityChange.FIXED);
        assertThat(all(client.exports().software())).isEmpty();
        assertThat(one(client.exports().softwareFiles()).exportFiles()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> tenant.exportRows("exportSoftwareVulnerabilities", List.of(Map.of("cvssScore", "high"))))
                .withMessage("record 0 member cvssScore must be a number, was 'high'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.exportRows("listAlerts", List.of()))
                .withMessageContaining("must be one of exportBrowserExtensionFiles, exportBrowserExtensions");
    }

    private List<String> lines(String link) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(link)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    // Responses -------------------------------------------------------------------------------------------------------

    @Test
    void shouldReplaceAResponse() {
        emulator.stubs()
                .add(Stub.of("getMachine")
                        .json(Map.of("id", "m", "healthStatus", MachineHealthStatus.INACTIVE, "newMember", 1))
                        .times(1));
        emulator.stubs().add(Stub.of("getMachine").status(404).json(Map.of("error", Map.of("code", "Gone"))));

        Machine machine = one(client.machines().get(tenant.machineId(0)));

        assertThat(machine.id()).isEqualTo("m");
        assertThat(machine.unknownMembers()).containsOnlyKeys("newMember");
        StepVerifier.create(client.machines().get(tenant.machineId(0)))
                .expectErrorMatches(error -> String.valueOf(error.getMessage()).contains("Gone"))
                .verify(Clients.PATIENCE);
        assertThat(emulator.stubs().fired()).isEqualTo(2);
        assertThat(emulator.journal().calls("getMachine"))
                .extracting(call -> call.status())
                .containsExactly(200, 404);

        emulator.stubs().clear();
        assertThat(one(client.machines().get(tenant.machineId(0))).id()).isEqualTo(tenant.machineId(0));
    }

    @Test
    void shouldReplaceAFile() {
        emulator.stubs().add(Stub.of("download").body("application/octet-stream", new byte[] {1, 2, 3}));

        String link = one(client.exports().softwareFiles()).exportFiles().get(0);

        assertThat(bytes(link)).containsExactly(1, 2, 3);
    }
}
