package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.testing.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Incidents through Defender XDR and Microsoft Graph: groups of the tenant's alerts, the same in both. */
class IncidentsTest {

    private static final String XDR = "/api/incidents";
    private static final String GRAPH = "/v1.0/security/incidents";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller endpoint =
            ServiceCaller.of(DefenderEmulator.builder().size(700).clock(clock));
    private final ServiceCaller xdr = endpoint.at(ServedApi.DEFENDER_XDR);
    private final ServiceCaller graph = endpoint.at(ServedApi.GRAPH_SECURITY);

    private List<Long> numbers(String query) {
        List<Long> numbers = new ArrayList<>();
        for (int skip = 0; ; skip += 100) {
            JsonNode page = xdr.get(XDR + "?$top=100&$skip=" + skip + query).json();
            page.get("value").forEach(item -> numbers.add(item.get("incidentId").asLong()));
            if (page.get("value").isEmpty()) {
                return numbers;
            }
        }
    }

    private List<Long> graphNumbers(String query) {
        List<Long> numbers = new ArrayList<>();
        String next = GRAPH + "?$top=50" + query;
        while (next != null) {
            JsonNode page = graph.get(next).json();
            page.get("value").forEach(item -> numbers.add(item.get("id").asLong()));
            String link = page.path("@odata.nextLink").asText(null);
            next = link == null ? null : link.substring(ServiceCaller.ROOT.length());
        }
        return numbers;
    }

    private JsonNode one(long number) {
        return xdr.get(XDR + "/" + number).json();
    }

    @Test
    void shouldGroupTheAlertsThatNameTheIncident() {
        JsonNode incident = one(1100);
        List<String> ids = new ArrayList<>();
        incident.get("alerts").forEach(alert -> ids.add(alert.get("alertId").asText()));
        List<String> expected = new ArrayList<>();
        endpoint.get("/api/alerts?$filter=incidentId%20eq%201100")
                .json()
                .get("value")
                .forEach(alert -> expected.add(alert.get("id").asText()));

        assertThat(ids).hasSize(3).containsExactlyInAnyOrderElementsOf(expected);
        JsonNode alert = incident.at("/alerts/0");
        JsonNode same = endpoint.get("/api/alerts/" + ids.get(0)).json();
        assertThat(alert.get("title")).isEqualTo(same.get("title"));
        assertThat(alert.get("severity")).isEqualTo(same.get("severity"));
        assertThat(alert.get("creationTime")).isEqualTo(same.get("alertCreationTime"));
        assertThat(alert.at("/devices/0/mdatpDeviceId")).isEqualTo(same.get("machineId"));
        assertThat(alert.get("entities").size()).isEqualTo(same.get("evidence").size());
        assertThat(incident.get("createdTime")).isEqualTo(alert.get("creationTime"));
    }

    @Test
    void shouldListTheNewestFirstInPagesWithoutLinks() {
        JsonNode page = xdr.get(XDR).json();
        List<Long> all = numbers("");

        assertThat(page.get("value").size()).isEqualTo(100);
        assertThat(page.has("@odata.nextLink")).isFalse();
        assertThat(all)
                .hasSize(234)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .endsWith(1000L);
        assertThat(xdr.get(XDR + "?$top=3&$skip=233").json().get("value").size())
                .isEqualTo(1);
        assertThat(xdr.get(XDR + "?$top=101").status()).isEqualTo(400);
        assertThat(graphNumbers("")).isEqualTo(all);
    }

    @Test
    void shouldLinkOnInMicrosoftGraph() {
        JsonNode first = graph.get(GRAPH).json();
        JsonNode last = graph.get(GRAPH + "?$skip=200").json();

        assertThat(first.get("value").size()).isEqualTo(50);
        assertThat(first.get("@odata.nextLink").asText()).startsWith(ServiceCaller.ROOT + GRAPH + "?$skiptoken=");
        assertThat(last.get("value").size()).isEqualTo(34);
        assertThat(last.has("@odata.nextLink")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 100, 1000})
    void shouldRefusePagesThatAreTooLargeForMicrosoftGraph(int top) {
        ServiceCaller.Answer answer = graph.get(GRAPH + "?$top=" + top);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("BadRequest");
        assertThat(answer.errorMessage())
                .isEqualTo("The limit of '50' for Top query has been exceeded. The value from the incoming request is '"
                        + top + "'.");
    }

    @Test
    void shouldChangeEveryMemberThatMicrosoftGraphLetsChange() {
        JsonNode before = graph.get(GRAPH + "/1042").json();
        JsonNode changed = graph.patch(
                        GRAPH + "/1042",
                        "{\"displayName\":\"Quay\",\"description\":\"At night.\",\"severity\":\"high\","
                                + "\"resolvingComment\":\"Rebuilt.\"}")
                .json();

        assertThat(changed.get("displayName").asText()).isEqualTo("Quay");
        assertThat(changed.get("description").asText()).isEqualTo("At night.");
        assertThat(changed.get("severity").asText()).isEqualTo("high");
        assertThat(changed.get("resolvingComment").asText()).isEqualTo("Rebuilt.");
        assertThat(one(1042).get("incidentName").asText()).isEqualTo("Quay");
        assertThat(one(1042).get("severity").asText()).isEqualTo("High");

        JsonNode again = graph.patch(GRAPH + "/1042", "{\"displayName\":null,\"description\":null}")
                .json();
        assertThat(again.get("displayName")).isEqualTo(before.get("displayName"));
        assertThat(again.get("description").isNull()).isTrue();
        assertThat(again.get("resolvingComment").asText()).isEqualTo("Rebuilt.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "createdTime ge 2026-09-01T00:00:00Z and createdTime lt 2026-09-20T00:00:00Z"
                        + "| createdDateTime ge 2026-09-01T00:00:00Z and createdDateTime lt 2026-09-20T00:00:00Z",
                "lastUpdateTime gt 2026-10-15T00:00:00Z | lastUpdateDateTime gt 2026-10-15T00:00:00Z",
                "lastUpdateTime le 2026-06-15T00:00:00Z | lastUpdateDateTime le 2026-06-15T00:00:00Z",
                "status eq 'InProgress' | status eq 'inProgress'",
                "assignedTo eq 'analyst2@harbour.example' | assignedTo eq 'analyst2@harbour.example'"
            })
    void shouldFilterInBothApis(String filter, String inGraph) {
        String[] words = filter.split(" ");
        List<Long> expected = new ArrayList<>();
        for (long number : numbers("")) {
            String value = one(number).path(words[0]).asText();
            if (passes(value, words[1], words[2]) && (words.length < 7 || passes(value, words[5], words[6]))) {
                expected.add(number);
            }
        }

        assertThat(numbers("&$filter=" + ServiceCaller.encode(filter)))
                .isNotEmpty()
                .isEqualTo(expected);
        assertThat(graphNumbers("&$filter=" + ServiceCaller.encode(inGraph))).isEqualTo(expected);
    }

    private static boolean passes(String value, String operator, String literal) {
        if (operator.equals("eq")) {
            return literal.equals("'" + value + "'");
        }
        int order = Instant.parse(value).compareTo(Instant.parse(literal));
        return switch (operator) {
            case "ge" -> order >= 0;
            case "gt" -> order > 0;
            case "le" -> order <= 0;
            default -> order < 0;
        };
    }

    @Test
    void shouldFilterBySeverityInMicrosoftGraphOnly() {
        assertThat(graphNumbers("&$filter=severity%20eq%20'high'")).isNotEmpty();
        assertThat(xdr.get(XDR + "?$filter=severity%20eq%20'High'").errorCode()).isEqualTo("ODataError");
    }

    @Test
    void shouldFindAChangedIncidentWhereverItStands() {
        xdr.patch(XDR + "/1000", "{\"comment\":\"old but open\"}");

        assertThat(numbers("&$filter=lastUpdateTime%20ge%202026-11-20T10:00:00Z"))
                .containsExactly(1000L);
    }

    @Test
    void shouldTakeTheSeverityOfItsWorstAlertAndTheTimeOfItsLastChange() {
        String id = endpoint.tenant().alertId(300);
        assertThat(one(1100).at("/alerts/0/alertId").asText()).isEqualTo(id);

        endpoint.tenant().alerts().update(id, Map.of("severity", "High"));

        assertThat(one(1100).get("severity").asText()).isEqualTo("High");
        assertThat(one(1100).get("lastUpdateTime").asText()).isEqualTo("2026-11-20T10:00:00Z");
    }

    @Test
    void shouldFollowAnAlertToAnotherIncident() {
        String id = endpoint.tenant().alerts().add(Map.of("incidentId", 5000L, "title", "Drill"));

        assertThat(one(5000).at("/alerts/0/alertId").asText()).isEqualTo(id);
        assertThat(numbers("").get(0)).isEqualTo(5000L);
        assertThat(graph.get("/v1.0/security/alerts_v2/" + id)
                        .json()
                        .get("incidentId")
                        .asText())
                .isEqualTo("5000");
    }

    @Test
    void shouldShowAChangeOfOneApiInTheOther() {
        xdr.patch(
                XDR + "/1042",
                "{\"status\":\"InProgress\",\"assignedTo\":\"analyst9@harbour.example\",\"classification\":\"TruePositive\","
                        + "\"determination\":\"Malware\",\"tags\":[\"quay\"],\"comment\":\"seen\"}");
        JsonNode inGraph = graph.get(GRAPH + "/1042").json();

        assertThat(inGraph.get("status").asText()).isEqualTo("inProgress");
        assertThat(inGraph.get("assignedTo").asText()).isEqualTo("analyst9@harbour.example");
        assertThat(inGraph.get("classification").asText()).isEqualTo("truePositive");
        assertThat(inGraph.get("determination").asText()).isEqualTo("malware");
        assertThat(inGraph.at("/customTags/0").asText()).isEqualTo("quay");
        assertThat(inGraph.at("/comments/0/comment").asText()).isEqualTo("seen");

        graph.patch(
                GRAPH + "/1042",
                "{\"status\":\"resolved\",\"classification\":\"unknown\",\"determination\":\"unknown\",\"assignedTo\":null,"
                        + "\"customTags\":[]}");
        JsonNode inXdr = one(1042);
        assertThat(inXdr.get("status").asText()).isEqualTo("Resolved");
        assertThat(inXdr.get("classification").asText()).isEqualTo("Unknown");
        assertThat(inXdr.get("determination").asText()).isEqualTo("NotAvailable");
        assertThat(inXdr.get("assignedTo").isNull()).isTrue();
        assertThat(inXdr.get("tags").isEmpty()).isTrue();
        assertThat(inXdr.at("/comments/0/comment").asText()).isEqualTo("seen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"classification\":\"FalsePositive\",\"determination\":\"Malware\"}",
                "{\"classification\":\"Unknown\",\"determination\":\"Malware\"}",
                "{\"status\":\"active\"}",
                "{\"severity\":\"High\"}"
            })
    void shouldRefuseAChangeThatDoesNotFit(String change) {
        JsonNode before = one(1042);

        assertThat(xdr.patch(XDR + "/1042", change).status()).isEqualTo(400);
        assertThat(one(1042)).isEqualTo(before);
    }

    @Test
    void shouldExpandAlertsWhenAsked() {
        JsonNode plain = graph.get(GRAPH + "/1042").json();
        JsonNode expanded = graph.get(GRAPH + "/1042?$expand=alerts").json();

        assertThat(plain.has("alerts")).isFalse();
        assertThat(expanded.get("alerts").size()).isEqualTo(3);
        assertThat(graph.get(GRAPH + "?$top=1&$expand=alerts")
                        .json()
                        .at("/value/0/alerts/0/evidence/0/@odata.type")
                        .asText())
                .endsWith("deviceEvidence");
        assertThat(graph.get(GRAPH + "?$expand=devices").status()).isEqualTo(400);
    }

    @Test
    void shouldKnowNoOtherIncidents() {
        assertThat(xdr.get(XDR + "/999").status()).isEqualTo(404);
        assertThat(xdr.get(XDR + "/1234").status()).isEqualTo(404);
        assertThat(xdr.get(XDR + "/first").status()).isEqualTo(400);
        assertThat(graph.get(GRAPH + "/first").status()).isEqualTo(404);
    }

    @Test
    void shouldHaveNoneWithoutAlerts() {
        ServiceCaller empty =
                ServiceCaller.of(DefenderEmulator.builder().size(0)).at(ServedApi.DEFENDER_XDR);

        assertThat(empty.get(XDR).json().get("value").isEmpty()).isTrue();
    }
}
