package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts of Microsoft Graph: those of the tenant under other names, in other pages. */
class GraphAlertsTest {

    private static final String ALERTS = "/v1.0/security/alerts_v2";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller endpoint =
            ServiceCaller.of(DefenderEmulator.builder().size(1_200).clock(clock));
    private final ServiceCaller graph = endpoint.at(ServedApi.GRAPH_SECURITY);

    private List<String> walk(String target) {
        List<String> ids = new ArrayList<>();
        String next = target;
        while (next != null) {
            JsonNode page = graph.get(next).json();
            page.get("value").forEach(alert -> ids.add(alert.get("id").asText()));
            String link = page.path("@odata.nextLink").asText(null);
            next = link == null ? null : link.substring(ServiceCaller.ROOT.length());
        }
        return ids;
    }

    private List<String> endpointIds(String query) {
        List<String> ids = new ArrayList<>();
        endpoint.get("/api/alerts" + query)
                .json()
                .get("value")
                .forEach(alert -> ids.add(alert.get("id").asText()));
        return ids;
    }

    private static String camel(JsonNode value) {
        String text = value.asText();
        return text.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + text.substring(1);
    }

    @Test
    void shouldShowTheSameAlerts() {
        String id = endpoint.tenant().alertId(700);
        JsonNode one = endpoint.get("/api/alerts/" + id).json();
        JsonNode other = graph.get(ALERTS + "/" + id).json();

        assertThat(other.get("providerAlertId").asText()).isEqualTo(id);
        assertThat(other.get("title")).isEqualTo(one.get("title"));
        assertThat(other.get("severity").asText()).isEqualTo(camel(one.get("severity")));
        assertThat(other.get("status").asText()).isEqualTo(camel(one.get("status")));
        assertThat(other.get("incidentId").asText())
                .isEqualTo(one.get("incidentId").asText());
        assertThat(other.get("createdDateTime")).isEqualTo(one.get("alertCreationTime"));
        assertThat(other.get("lastUpdateDateTime")).isEqualTo(one.get("lastUpdateTime"));
        assertThat(other.get("firstActivityDateTime")).isEqualTo(one.get("firstEventTime"));
        assertThat(other.get("lastActivityDateTime")).isEqualTo(one.get("lastEventTime"));
        JsonNode device = other.at("/evidence/0");
        assertThat(device.get("@odata.type").asText()).isEqualTo("#microsoft.graph.security.deviceEvidence");
        assertThat(device.get("mdeDeviceId")).isEqualTo(one.get("machineId"));
        assertThat(device.get("deviceDnsName")).isEqualTo(one.get("computerDnsName"));
        assertThat(other.get("evidence").size()).isEqualTo(one.get("evidence").size() + 1);
    }

    @Test
    void shouldLinkOnWithAndWithoutTop() {
        List<String> all = endpointIds("");

        assertThat(graph.get(ALERTS).json().get("value").size()).isEqualTo(1_000);
        assertThat(walk(ALERTS)).isEqualTo(all);
        assertThat(walk(ALERTS + "?$top=7&$filter=severity%20eq%20'high'"))
                .isNotEmpty()
                .isEqualTo(endpointIds("?$filter=severity%20eq%20'High'"));
        assertThat(graph.get(ALERTS + "?$top=7").json().get("@odata.nextLink").asText())
                .startsWith(ServiceCaller.ROOT + ALERTS + "?$top=7&$skiptoken=");
        assertThat(walk(ALERTS + "?$skip=500&$top=1000")).isEqualTo(all.subList(500, 1_200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$top=1001", "$skip=501", "$skiptoken=NTAw", "$skiptoken=%25", "$count=maybe", "$orderby=id"})
    void shouldRefuse(String query) {
        ServiceCaller.Answer answer = graph.get(ALERTS + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("BadRequest");
    }

    @Test
    void shouldCountWhenAsked() {
        JsonNode page = graph.get(ALERTS + "?$top=2&$count=true&$filter=severity%20eq%20'low'")
                .json();

        assertThat(page.get("@odata.count").asInt())
                .isEqualTo(endpointIds("?$filter=severity%20eq%20'Low'").size());
        assertThat(graph.get(ALERTS + "?$count=false").json().has("@odata.count"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "createdDateTime ge 2026-10-01T00:00:00Z and createdDateTime lt 2026-10-11T00:00:00Z"
                        + "|alertCreationTime ge 2026-10-01T00:00:00Z and alertCreationTime lt 2026-10-11T00:00:00Z",
                "lastUpdateDateTime gt 2026-10-20T12:00:00Z|lastUpdateTime gt 2026-10-20T12:00:00Z",
                "status eq 'inProgress' or assignedTo eq 'analyst2@harbour.example'"
                        + "|status eq 'InProgress' or assignedTo eq 'analyst2@harbour.example'"
            })
    void shouldFilterLikeTheOtherApi(String filters) {
        String[] both = filters.split("\\|");

        assertThat(walk(ALERTS + "?$filter=" + ServiceCaller.encode(both[0])))
                .isNotEmpty()
                .isEqualTo(endpointIds("?$filter=" + ServiceCaller.encode(both[1])));
    }

    @Test
    void shouldTellTheProductsApart() {
        assertThat(walk(ALERTS + "?$filter=serviceSource%20eq%20'microsoftDefenderForOffice365'"))
                .isNotEmpty()
                .isEqualTo(endpointIds("?$filter=detectionSource%20eq%20'OfficeATP'"));
    }

    @Test
    void shouldChangeTheAlertOfBothApis() {
        String id = endpoint.tenant().alertId(5);
        JsonNode changed = graph.patch(
                        ALERTS + "/" + id,
                        "{\"status\":\"resolved\",\"classification\":\"truePositive\",\"determination\":\"malware\","
                                + "\"assignedTo\":\"analyst9@harbour.example\"}")
                .json();
        JsonNode other = endpoint.get("/api/alerts/" + id).json();

        assertThat(changed.get("resolvedDateTime").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(other.get("status").asText()).isEqualTo("Resolved");
        assertThat(other.get("classification").asText()).isEqualTo("TruePositive");
        assertThat(other.get("determination").asText()).isEqualTo("Malware");
        assertThat(other.get("assignedTo").asText()).isEqualTo("analyst9@harbour.example");
        assertThat(other.get("resolvedTime")).isEqualTo(changed.get("resolvedDateTime"));

        endpoint.patch("/api/alerts/" + id, "{\"status\":\"InProgress\",\"comment\":\"again\"}");
        JsonNode again = graph.get(ALERTS + "/" + id).json();
        assertThat(again.get("status").asText()).isEqualTo("inProgress");
        assertThat(again.get("resolvedDateTime").isNull()).isTrue();
        assertThat(again.at("/comments/0/comment").asText()).isEqualTo("again");

        graph.patch(ALERTS + "/" + id, "{\"classification\":\"unknown\",\"assignedTo\":null}");
        assertThat(endpoint.get("/api/alerts/" + id)
                        .json()
                        .get("classification")
                        .isNull())
                .isTrue();
        assertThat(endpoint.get("/api/alerts/" + id).json().get("assignedTo").isNull())
                .isTrue();
    }

    @Test
    void shouldRefuseWhatIsNoChange() {
        String target = ALERTS + "/" + endpoint.tenant().alertId(5);

        assertThat(graph.patch(target, "{\"status\":\"Resolved\"}").status()).isEqualTo(400);
        assertThat(graph.patch(target, "{\"status\":\"unknownFutureValue\"}").errorMessage())
                .contains("sentinel");
        assertThat(graph.patch(target, "{\"comment\":\"c\"}").errorMessage()).contains("comment");
        assertThat(graph.patch(ALERTS + "/none", "{\"status\":\"new\"}").status())
                .isEqualTo(404);
    }
}
