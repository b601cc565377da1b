package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Authenticated scans over calls, by the clock of the test. */
class ScansTest {

    private static final String DEFINITIONS = "/api/DeviceAuthenticatedScanDefinitions";
    private static final String AGENTS = "/api/DeviceAuthenticatedScanAgents";
    private static final String BY_DEFINITION = DEFINITIONS + "/GetScanHistoryByScanDefinitionId";
    private static final String BY_SESSION = DEFINITIONS + "/GetScanHistoryBySessionId";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(400).clock(clock).tokenLifetime(Duration.ofDays(365)));

    private JsonNode agents() {
        return caller.get(AGENTS).json().get("value");
    }

    private String agent() {
        return agents().at("/0/machineId").asText();
    }

    private String request(String type, String machine) {
        return "{\"scanType\":\"Network\",\"scanName\":\"Buoys\",\"isActive\":true,\"target\":\"10.9.0.1, 10.9.0.2\","
                + "\"intervalInHours\":6,\"targetType\":\"Ip\",\"scannerAgent\":{\"machineId\":\"" + machine + "\"},"
                + "\"scanAuthenticationParams\":{\"@odata.type\":\"#microsoft.windowsDefenderATP.api." + type
                + "\",\"type\":\"AuthPriv\",\"username\":\"u\",\"authProtocol\":\"SHA1\",\"authPassword\":\"p1\","
                + "\"privProtocol\":\"AES\",\"privPassword\":\"p2\"}}";
    }

    private JsonNode create() {
        ServiceCaller.Answer answer = caller.post(DEFINITIONS, request("SnmpAuthParams", agent()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode listed(String id) {
        for (JsonNode definition : caller.get(DEFINITIONS).json().get("value")) {
            if (definition.get("id").asText().equals(id)) {
                return definition;
            }
        }
        throw new AssertionError("No definition " + id);
    }

    private List<JsonNode> history(String id, String query) {
        ServiceCaller.Answer answer = caller.post(BY_DEFINITION + query, "{\"ScanDefinitionIds\":[\"" + id + "\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("value").valueStream().toList();
    }

    @Test
    void shouldShowDevicesOfTheOrganisationAsAgents() {
        assertThat(agents()).isNotEmpty().allSatisfy(agent -> {
            String machine = agent.get("machineId").asText();
            assertThat(caller.tenant().machines().get(machine).get("computerDnsName"))
                    .isEqualTo(agent.get("computerDnsName").asText());
            assertThat(agent.get("id").asText()).endsWith("_" + machine);
            assertThat(agent.has("AssignedApplicationId")).isTrue();
        });
    }

    @Test
    void shouldWrapOneAgentInAList() {
        JsonNode expected = agents().get(0);

        JsonNode byDevice = caller.get(AGENTS + "/" + agent()).json();
        JsonNode byId = caller.get(AGENTS + "/" + expected.get("id").asText()).json();

        assertThat(byDevice.get("@odata.context").asText()).endsWith("$metadata#DeviceAuthenticatedScanAgents/$entity");
        assertThat(byDevice.get("value")).containsExactly(expected);
        assertThat(byId).isEqualTo(byDevice);
        assertThat(caller.get(AGENTS + "/" + "0".repeat(40)).status()).isEqualTo(404);
    }

    @Test
    void shouldNotEchoCredentialsOfANewDefinition() {
        JsonNode created = create();

        assertThat(created.get("scanAuthenticationParams").isNull()).isTrue();
        assertThat(created.at("/scannerAgent/machineId").asText()).isEqualTo(agent());
        assertThat(created.get("scannerAgent").has("assignedApplicationId"))
                .as("a small letter here")
                .isTrue();
        assertThat(created.at("/latestScan/status").isNull()).isTrue();
        assertThat(created.get("advancedActiveConfiguration").isNull()).isTrue();
        JsonNode listed = listed(created.get("id").asText());
        assertThat(listed.at("/scanAuthenticationParams/authPassword").asText())
                .as("the example of the list has them")
                .isEqualTo("p1");
        assertThat(listed.get("scannerAgent").has("AssignedApplicationId"))
                .as("a capital here")
                .isTrue();
    }

    @Test
    void shouldChangeWhatIsSentAndNothingElse() {
        String id = create().get("id").asText();

        ServiceCaller.Answer answer =
                caller.patch(DEFINITIONS + "/" + id, "{\"scanName\":\"Lights\",\"isActive\":false}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("scanAuthenticationParams").isNull()).isTrue();
        JsonNode listed = listed(id);
        assertThat(listed.get("scanName").asText()).isEqualTo("Lights");
        assertThat(listed.get("isActive").asBoolean()).isFalse();
        assertThat(listed.get("target").asText()).isEqualTo("10.9.0.1, 10.9.0.2");
        assertThat(listed.at("/scanAuthenticationParams/username").asText()).isEqualTo("u");
        assertThat(caller.patch(DEFINITIONS + "/" + id, "{\"scanName\":null}").errorCode())
                .isEqualTo("InvalidInput");
        assertThat(caller.patch(DEFINITIONS + "/none", "{\"scanName\":\"x\"}").status())
                .isEqualTo(404);
    }

    @Test
    void shouldRefuseDefinitionsThatCannotRun() {
        assertThat(caller.post(DEFINITIONS, request("SnmpAuthParams", "0".repeat(40)))
                        .errorMessage())
                .contains("not a device that can scan");
        assertThat(caller.post(DEFINITIONS, request("SshAuthParams", agent())).errorMessage())
                .contains("scanAuthenticationParams/@odata.type is #microsoft.windowsDefenderATP.api.SshAuthParams");
        assertThat(caller.post(DEFINITIONS, request("WindowsAuthParams", agent()))
                        .errorMessage())
                .as("a member of the other case")
                .contains("AuthPriv");
        assertThat(caller.post(DEFINITIONS, request("SnmpAuthParams", agent()).replace(":6,", ":0,"))
                        .errorMessage())
                .contains("intervalInHours is 0");
        assertThat(caller.post(DEFINITIONS, request("SnmpAuthParams", agent()).replace("\"target\"", "\"Target\""))
                        .errorMessage())
                .contains("names are case-sensitive, it is target");
        assertThat(caller.post(DEFINITIONS, request("SnmpAuthParams", agent()).replace("\"username\"", "\"Username\""))
                        .status())
                .as("credentials are documented in both cases")
                .isEqualTo(200);
    }

    @Test
    void shouldRunADefinitionAtItsInterval() {
        String id = create().get("id").asText();
        assertThat(history(id, "")).isEmpty();

        clock.advance(Duration.ofHours(13));

        assertThat(history(id, ""))
                .extracting(run -> run.get("LastScanned").asText())
                .containsExactly("2026-11-20T22:05:00Z", "2026-11-20T16:05:00Z", "2026-11-20T10:05:00Z");
        assertThat(history(id, ""))
                .allMatch(run -> run.get("ScanDefinitionIds").asText().equals(id)
                        && run.get("ScannerId").asText().equals(agent()));
        assertThat(listed(id).at("/latestScan/executionDateTime").asText()).isEqualTo("2026-11-20T22:05:00Z");
    }

    @Test
    void shouldKeepTheHistoryOfADefinitionThatWasStopped() {
        String id = create().get("id").asText();
        clock.advance(Duration.ofHours(1));
        caller.patch(DEFINITIONS + "/" + id, "{\"isActive\":false}");
        clock.advance(Duration.ofDays(1));
        assertThat(history(id, "")).hasSize(1);

        caller.patch(DEFINITIONS + "/" + id, "{\"isActive\":true,\"intervalInHours\":12}");
        clock.advance(Duration.ofHours(13));
        assertThat(history(id, "")).hasSize(3);
        clock.advance(Duration.ofDays(40));
        assertThat(history(id, "")).as("thirty days are kept").hasSizeBetween(59, 62);
    }

    @Test
    void shouldPageTheHistory() {
        String id = caller.get(DEFINITIONS).json().at("/value/0/id").asText();
        List<JsonNode> all = history(id, "");

        assertThat(all)
                .hasSizeGreaterThan(100)
                .isSortedAccordingTo(
                        Comparator.comparing(run -> run.get("LastScanned").asText(), Comparator.reverseOrder()));
        assertThat(history(id, "?$top=2&$skip=3")).isEqualTo(all.subList(3, 5));
        assertThat(caller.post(BY_DEFINITION + "?$top=4097", "{\"ScanDefinitionIds\":[\"" + id + "\"]}")
                        .errorCode())
                .isEqualTo("ODataError");
        assertThat(history("none", "")).isEmpty();
    }

    @Test
    void shouldTellWhatASessionFound() {
        String id = create().get("id").asText();
        clock.advance(Duration.ofDays(30));
        List<String> sessions = caller.tenant().scanSessionIds(id);
        List<JsonNode> runs = history(id, "");

        JsonNode found = caller.post(
                        BY_SESSION,
                        "{\"SessionIds\":[\"" + sessions.get(0) + "\",\"" + sessions.get(4) + "\",\"none\"]}")
                .json()
                .get("value");

        assertThat(found).hasSize(2);
        assertThat(found.get(0).get("LastScanned")).isEqualTo(runs.get(0).get("LastScanned"));
        assertThat(found.get(1).get("ScanStatus")).isEqualTo(runs.get(4).get("ScanStatus"));
        assertThat(found).allSatisfy(session -> {
            JsonNode targets = session.get("ListScannedTargets");
            assertThat(targets)
                    .hasSize(2)
                    .hasSize(session.get("NumberOfTargets").asInt());
            assertThat(targets.valueStream()
                            .filter(target ->
                                    target.get("ErrorMessage").asText().isEmpty()))
                    .hasSize(session.get("NumberOfSuccessfullyScannedTargets").asInt());
        });
        assertThat(runs.stream().map(run -> run.get("ScanStatus").asText()).distinct())
                .contains("Success", "Partial Success");
    }

    @Test
    void shouldDeleteAllOrNone() {
        String one = create().get("id").asText();
        String two = create().get("id").asText();

        int refused = caller.post(DEFINITIONS + "/BatchDelete", "{\"ScanDefinitionIds\":[\"" + one + "\",\"none\"]}")
                .status();
        assertThat(listed(one)).isNotNull();
        int deleted = caller.post(
                        DEFINITIONS + "/BatchDelete", "{\"ScanDefinitionIds\":[\"" + one + "\",\"" + two + "\"]}")
                .status();

        assertThat(refused).isEqualTo(404);
        assertThat(deleted).isEqualTo(204);
        assertThat(caller.get(DEFINITIONS).json().get("value").findValuesAsText("id"))
                .doesNotContain(one, two);
        assertThat(caller.post(DEFINITIONS + "/BatchDelete", "{\"ScanDefinitionIds\":[]}")
                        .errorCode())
                .isEqualTo("InvalidInput");
    }
}
