package io.github.defenderreactive.emulator.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.ServiceCaller;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.testing.TestClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of enumerations that came later are sent to callers that prefer them, and to nobody else. */
class EvolvableEnumsTest {

    private static final String ALERTS = "/v1.0/security/alerts_v2";
    private static final String INCIDENTS = "/v1.0/security/incidents";
    private static final String CLOUD = "?$filter=serviceSource%20eq%20'microsoftDefenderForCloud'";

    private final ServiceCaller endpoint =
            ServiceCaller.of(DefenderEmulator.builder().size(400).clock(new TestClock("2026-11-20T10:00:00Z")));

    private ServiceCaller plain() {
        return endpoint.at(ServedApi.GRAPH_SECURITY);
    }

    private ServiceCaller preferring() {
        return plain().header("Prefer", "include-unknown-enum-members");
    }

    private static List<JsonNode> evidence(JsonNode page) {
        List<JsonNode> evidence = new ArrayList<>();
        page.get("value").forEach(alert -> alert.get("evidence").forEach(evidence::add));
        return evidence;
    }

    @Test
    void shouldSendLaterValuesToCallersThatPreferThem() {
        ServiceCaller.Answer answer = preferring().get(ALERTS + CLOUD);
        Set<String> sources = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        answer.json().get("value").forEach(alert -> {
            assertThat(alert.get("serviceSource").asText()).isEqualTo("microsoftDefenderForCloud");
            sources.add(alert.get("detectionSource").asText());
        });
        evidence(answer.json())
                .forEach(item -> kinds.add(item.get("@odata.type").asText()));

        assertThat(answer.headers()).containsEntry("Preference-Applied", "include-unknown-enum-members");
        assertThat(sources).containsExactlyInAnyOrder("microsoftDefenderForContainers", "microsoftDefenderForServers");
        assertThat(kinds)
                .contains(
                        "#microsoft.graph.security.kubernetesPodEvidence",
                        "#microsoft.graph.security.containerEvidence",
                        "#microsoft.graph.security.azureResourceEvidence",
                        "#microsoft.graph.security.cloudLogonSessionEvidence");
        assertThat(evidence(answer.json()))
                .extracting(item -> item.get("remediationStatus").asText())
                .contains("active", "none");
    }

    @Test
    void shouldSendTheSentinelToOthersButFilterByTheValue() {
        ServiceCaller.Answer answer = plain().get(ALERTS + CLOUD);
        JsonNode alerts = answer.json().get("value");
        String id = alerts.at("/0/id").asText();

        assertThat(answer.headers()).doesNotContainKey("Preference-Applied");
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.get("serviceSource").asText()).isEqualTo("unknownFutureValue");
            assertThat(alert.get("detectionSource").asText()).isEqualTo("unknownFutureValue");
            assertThat(alert.get("severity").asText()).isNotEqualTo("unknownFutureValue");
        });
        assertThat(evidence(answer.json()))
                .extracting(item -> item.get("remediationStatus").asText())
                .containsOnly("none", "unknownFutureValue");
        JsonNode pod = evidence(answer.json()).stream()
                .filter(item -> item.has("podIp"))
                .findFirst()
                .orElseThrow();
        assertThat(pod.at("/containers/0/remediationStatus").asText())
                .as("in evidence inside of evidence")
                .isEqualTo("unknownFutureValue");
        assertThat(plain().get(ALERTS + "/" + id).json().get("serviceSource").asText())
                .isEqualTo("unknownFutureValue");
        assertThat(preferring()
                        .get(ALERTS + "/" + id)
                        .json()
                        .get("serviceSource")
                        .asText())
                .isEqualTo("microsoftDefenderForCloud");
    }

    @Test
    void shouldShowALaterStatusOfAnIncident() {
        JsonNode changed = preferring()
                .patch(INCIDENTS + "/1042", "{\"status\":\"awaitingAction\"}")
                .json();

        assertThat(changed.get("status").asText()).isEqualTo("awaitingAction");
        assertThat(plain().get(INCIDENTS + "/1042").json().get("status").asText())
                .isEqualTo("unknownFutureValue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include-unknown-enum-members",
                "Include-Unknown-Enum-Members",
                "odata.maxpagesize=5, include-unknown-enum-members",
                "include-unknown-enum-members; foo=bar,return=minimal"
            })
    void shouldFindThePreference(String header) {
        assertThat(EvolvableEnums.preferred(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "return=minimal", "include-unknown-enum-members-not"})
    void shouldNotFindAnother(String header) {
        assertThat(EvolvableEnums.preferred(header)).isFalse();
        assertThat(EvolvableEnums.preferred(null)).isFalse();
    }

    /** The other APIs know no such preference. */
    @Test
    void shouldLeaveDefenderXdrAlone() {
        ServiceCaller xdr = endpoint.at(ServedApi.DEFENDER_XDR).header("Prefer", "include-unknown-enum-members");

        assertThat(xdr.get("/api/incidents/1042").headers()).doesNotContainKey("Preference-Applied");
    }
}
