package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.internal.admission.BodyCheck;
import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation of the description is served, and its answer has the described form. */
class OperationsTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(400).clock(clock));

    private static final Map<String, String> BODIES = new HashMap<>();

    static {
        BODIES.put("updateAlert", "{\"status\":\"InProgress\",\"comment\":\"seen\"}");
        BODIES.put("batchUpdateAlerts", "{\"alertIds\":[\"$alert\"],\"status\":\"Resolved\"}");
        BODIES.put(
                "createAlertByReference",
                "{\"machineId\":\"$machine\",\"severity\":\"Low\",\"title\":\"t\",\"description\":\"d\",\"recommendedAction\":\"r\","
                        + "\"eventTime\":\"2026-11-19T08:00:00.1234567Z\",\"reportId\":\"20776\",\"category\":\"Exploit\"}");
        BODIES.put("updateMachine", "{\"machineTags\":[\"a\"],\"deviceValue\":\"High\"}");
        BODIES.put("addOrRemoveMachineTag", "{\"Value\":\"quay-4\",\"Action\":\"Add\"}");
        BODIES.put(
                "addOrRemoveTagForMultipleMachines",
                "{\"Value\":\"quay-4\",\"Action\":\"Add\",\"MachineIds\":[\"$machine\"]}");
        BODIES.put("setDeviceValue", "{\"DeviceValue\":\"Low\"}");
        BODIES.put("cancelMachineAction", "{\"Comment\":\"stop\"}");
        BODIES.put("isolateMachine", "{\"Comment\":\"c\",\"IsolationType\":\"Full\"}");
        BODIES.put("runAntiVirusScan", "{\"Comment\":\"c\",\"ScanType\":\"Quick\"}");
        BODIES.put(
                "stopAndQuarantineFile", "{\"Comment\":\"c\",\"Sha1\":\"0123456789abcdef0123456789abcdef01234567\"}");
        String entry = "{\"indicatorValue\":\"mooring.example\",\"indicatorType\":\"DomainName\",\"action\":\"Block\","
                + "\"title\":\"t\",\"description\":\"d\"}";
        BODIES.put("submitIndicator", entry);
        BODIES.put("importIndicators", "{\"Indicators\":[" + entry + "]}");
        BODIES.put("batchDeleteIndicators", "{\"IndicatorIds\":[\"$indicator\"]}");
        BODIES.put(
                "updateSecurityAlert",
                "{\"status\":\"inProgress\",\"classification\":\"truePositive\",\"determination\":\"malware\"}");
        BODIES.put("updateSecurityIncident", "{\"status\":\"active\",\"customTags\":[\"a\"]}");
        String comment = "{\"@odata.type\":\"microsoft.graph.security.alertComment\",\"comment\":\"seen\"}";
        BODIES.put("addSecurityAlertComment", comment);
        BODIES.put("addSecurityIncidentComment", comment);
        BODIES.put("moveSecurityAlerts", "{\"alertIds\":[\"$alert\"],\"incidentId\":\"1002\"}");
        BODIES.put("mergeSecurityIncidents", "{\"incidentIds\":[\"1002\",\"1003\"]}");
        BODIES.put(
                "invokeIdentityAction",
                "{\"accountId\":\"$account\",\"action\":\"disable\",\"identityProvider\":\"activeDirectory\"}");
        BODIES.put("updateIncident", "{\"status\":\"InProgress\",\"comment\":\"seen\"}");
        BODIES.put("runHuntingQuery", "{\"Query\":\"AlertInfo | take 2\",\"Timespan\":\"P30D\"}");
        BODIES.put("runAdvancedHunting", "{\"Query\":\"DeviceInfo | take 2\"}");
        BODIES.put(
                "runLiveResponse",
                "{\"Comment\":\"c\",\"Commands\":[{\"type\":\"RunScript\",\"params\":[{\"key\":\"ScriptName\",\"value\":\"collect-logs.ps1\"}]}]}");
    }

    static {
        BODIES.put(
                "uploadLibraryFile",
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"new.ps1\"\r\n\r\nexit 0\r\n--b--\r\n");
        BODIES.put("runAdvancedQuery", "{\"Query\":\"DeviceInfo | take 3\"}");
        BODIES.put(
                "createScanDefinition",
                "{\"scanType\":\"Network\",\"scanName\":\"n\",\"isActive\":true,\"target\":\"10.40.0.1\",\"intervalInHours\":1,"
                        + "\"targetType\":\"Ip\",\"scannerAgent\":{\"machineId\":\"$agent\"},\"scanAuthenticationParams\":{"
                        + "\"@odata.type\":\"#microsoft.windowsDefenderATP.api.SnmpAuthParams\",\"type\":\"CommunityString\"}}");
        BODIES.put("updateScanDefinition", "{\"isActive\":false}");
        BODIES.put("batchDeleteScanDefinitions", "{\"ScanDefinitionIds\":[\"$definition\"]}");
        BODIES.put("listScanHistoryByDefinition", "{\"ScanDefinitionIds\":[\"$definition\"]}");
        BODIES.put("listScanHistoryBySession", "{\"SessionIds\":[\"$session\"]}");
    }

    @Test
    void shouldServeExactlyTheDescribedOperations() {
        assertThat(caller.service().operationIds())
                .isEqualTo(java.util.Set.copyOf(Description.load().operations().stream()
                        .map(ApiOperation::id)
                        .toList()));
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerInTheDescribedForm() {
        return Description.load().operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check(operation)));
    }

    private void check(ApiOperation operation) {
        // Behind the end of every action that an operation checked before has started.
        clock.advance(Duration.ofMinutes(1));
        // There are more operations than minutes in the life of a token.
        caller.signIn();
        ServiceCaller.Answer answer =
                caller.call(operation.method(), target(operation), body(operation), headers(operation));

        assertThat(answer.status()).as(answer.text()).isEqualTo(operation.status());
        Node schema = operation.itemSchema();
        if (schema == null) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        if (operation.plainText()) {
            assertThat(answer.headers()).containsEntry("Content-Type", "text/plain");
            conforms(schema, answer.json());
            return;
        }
        assertThat(answer.headers())
                .containsEntry(
                        "Content-Type",
                        operation.api() == ServedApi.GRAPH_SECURITY
                                ? "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
                                : "application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8")
                .containsEntry("OData-Version", "4.0");
        JsonNode json = answer.json();
        if (operation.collection()) {
            // The results of an import come without a metadata link.
            if (!operation.id().equals("importIndicators")) {
                assertThat(json.get("@odata.context").asText())
                        .startsWith(ServiceCaller.ROOT + operation.api().prefix() + "/$metadata#");
            }
            json.get("value").forEach(item -> conforms(schema, item));
        } else {
            // One entity may come alone in a list.
            boolean wrapped = json.path("value").isArray()
                    && !Description.load()
                            .resolve(schema)
                            .get("properties")
                            .get("value")
                            .present();
            conforms(schema, wrapped ? json.at("/value/0") : json);
        }
    }

    private void conforms(Node schema, JsonNode value) {
        // Values of open enumerations that the emulator sends although no page lists them.
        String listed = value.toString()
                .replace("\"UnwantedSoftware\"", "\"Malware\"")
                .replaceAll("\"(Url|RegistryValue)\"", "\"File\"")
                .replace("\"supported\"", "\"Supported\"");
        Object java = JsonValue.of(listed).toJava();
        if (java instanceof Map<?, ?> map) {
            Map<Object, Object> members = new LinkedHashMap<>(map);
            members.keySet().removeIf(name -> name.toString().startsWith("@odata."));
            java = members;
        }
        Object known = java;
        assertThatCode(() -> new BodyCheck(Description.load()).check(schema, known))
                .as(value.toString())
                .doesNotThrowAnyException();
    }

    private Map<String, String> headers(ApiOperation operation) {
        String bearer = "Bearer "
                + caller.token(Map.of("scope", operation.api().audience() + "/.default"))
                        .json()
                        .get("access_token")
                        .asText();
        return operation.form()
                ? Map.of("Authorization", bearer, "Content-Type", "multipart/form-data; boundary=b")
                : Map.of("Authorization", bearer);
    }

    private String target(ApiOperation operation) {
        String path = operation.template();
        path = path.startsWith("/alerts/{id}") ? path.replace("{id}", alertWithUser()) : path;
        path = path.replace("{alertId}", alertWithUser());
        path = path.replace("{incidentId}", "1002").replace("/incidents/{id}", "/incidents/1002");
        path = path.startsWith("/machineactions/{id}") ? path.replace("{id}", action(operation.id())) : path;
        path = path.startsWith("/indicators/{id}") ? path.replace("{id}", indicator()) : path;
        path = path.startsWith("/investigations/{id}") ? path.replace("{id}", investigation()) : path;
        path = path.startsWith("/files/{id}") ? path.replace("{id}", evidence("sha1")) : path;
        path = path.startsWith("/users/{id}") ? path.replace("{id}", evidence("accountName")) : path;
        path = path.startsWith("/ips/{ip}") ? path.replace("{ip}", evidence("ipAddress")) : path;
        path = path.startsWith("/Software/{id}") ? path.replace("{id}", "microsoft-_-windows_11") : path;
        path = path.startsWith("/recommendations/{id}") ? path.replace("{id}", first("/recommendations")) : path;
        path = path.startsWith("/remediationTasks/{id}") ? path.replace("{id}", first("/remediationTasks")) : path;
        path = path.contains("{identityAccountsId}")
                ? path.replace("{identityAccountsId}", identity().at("/id").asText())
                : path;
        path = path.contains("{secureScoreId}")
                ? path.replace(
                        "{secureScoreId}",
                        firstOfGraph("secureScores").at("/id").asText())
                : path;
        path = path.replace("{secureScoreControlId}", "AdminMFAV2");
        path = path.replace("{fileName}", "list-autostarts.ps1");
        path = path.startsWith("/DeviceAuthenticatedScanDefinitions") ? path.replace("{id}", definition()) : path;
        path = path.startsWith("/DeviceAuthenticatedScanAgents") ? path.replace("{id}", agent()) : path;
        path = path.replace("{domain}", "cdn7.drop.example")
                .replace("{cveId}", "CVE-2026-70002")
                .replace("{id}", windowsMachine())
                .replace("{machineId}", windowsMachine())
                .replace("{index}", "0")
                .replace("{timestamp}", "2026-11-20T09:00:00Z");
        path = operation.id().equals("findMachineInfoByIp")
                ? path.replace("{ip}", "%27" + address() + "%27")
                : path.replace("{ip}", address());
        String query = switch (operation.id()) {
            case "findMachinesByTag" -> "?tag=quay";
            case "exportSoftwareVulnerabilityChanges" -> "?sinceTime=2026-11-10T00:00:00Z";
            default -> "";
        };
        return operation.api().prefix() + path + query;
    }

    private String body(ApiOperation operation) {
        if (operation.requestSchema() == null) {
            return "";
        }
        return BODIES.getOrDefault(operation.id(), "{\"Comment\":\"c\"}")
                .replace("$alert", alertWithUser())
                .replace("$indicator", indicator())
                .replace("$account", identity().at("/accounts/0/identifier").asText())
                .replace("$agent", agent())
                .replace("$definition", definition())
                .replace(
                        "$session", caller.tenant().scanSessionIds(definition()).get(0))
                .replace("$machine", caller.tenant().machineId(1));
    }

    private JsonNode identity() {
        return firstOfGraph("identities/identityAccounts");
    }

    private JsonNode firstOfGraph(String collection) {
        return caller.at(ServedApi.GRAPH_SECURITY)
                .get("/v1.0/security/" + collection)
                .json()
                .at("/value/0");
    }

    private String indicator() {
        return first("/indicators");
    }

    private String agent() {
        return caller.get("/api/DeviceAuthenticatedScanAgents")
                .json()
                .at("/value/0/machineId")
                .asText();
    }

    private String definition() {
        return caller.get("/api/DeviceAuthenticatedScanDefinitions")
                .json()
                .at("/value/0/id")
                .asText();
    }

    private String investigation() {
        return first("/investigations");
    }

    /** Id of the first item of a collection. */
    private String first(String collection) {
        return caller.get("/api" + collection + "?$top=1")
                .json()
                .at("/value/0/id")
                .asText();
    }

    /** The first value of a member in the evidence of the newest alerts. */
    private String evidence(String member) {
        for (JsonNode value :
                caller.get("/api/alerts?$expand=evidence&$top=50").json().findValues(member)) {
            if (value.isTextual()) {
                return value.asText();
            }
        }
        throw new AssertionError("No evidence has a " + member);
    }

    private String alertWithUser() {
        for (long i = 0; ; i++) {
            String id = caller.tenant().alertId(i);
            if (caller.tenant().alerts().get(id).get("relatedUser") != null) {
                return id;
            }
        }
    }

    private String windowsMachine() {
        for (int i = 0; ; i++) {
            Map<String, ?> machine =
                    caller.tenant().machines().get(caller.tenant().machineId(i));
            if (machine.get("osPlatform").toString().startsWith("Windows")
                    && "Active".equals(machine.get("healthStatus"))) {
                return machine.get("id").toString();
            }
        }
    }

    private String address() {
        return caller.tenant()
                .machines()
                .get(windowsMachine())
                .get("lastIpAddress")
                .toString();
    }

    /** An action in the state the operation needs. */
    private String action(String operationId) {
        String type = switch (operationId) {
            case "getInvestigationPackageUri" -> "collectInvestigationPackage";
            case "getLiveResponseResultDownloadLink" -> "runLiveResponse";
            default -> "unisolate";
        };
        ServiceCaller.Answer started = caller.post(
                "/api/machines/" + windowsMachine() + "/" + type,
                type.equals("runLiveResponse") ? BODIES.get("runLiveResponse") : "{\"Comment\":\"c\"}");
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        if (!operationId.equals("cancelMachineAction")) {
            clock.advance(Duration.ofSeconds(10));
        }
        return started.json().get("id").asText();
    }
}
