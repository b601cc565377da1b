package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items that tests add, change and remove, as the APIs show them. */
class TenantItemsTest {

    private static final ServiceCaller ENDPOINT =
            ServiceCaller.of(DefenderEmulator.builder().size(60).clock(new TestClock("2026-11-20T10:00:00Z")));
    private static final ServiceCaller GRAPH = ENDPOINT.at(ServedApi.GRAPH_SECURITY);
    private static final ServiceCaller XDR = ENDPOINT.at(ServedApi.DEFENDER_XDR);

    private static ServiceCaller caller(String path) {
        return path.startsWith("/v1.0") ? GRAPH : path.equals("/api/incidents") ? XDR : ENDPOINT;
    }

    private static List<String> ids(String path, String id) {
        List<String> ids = new ArrayList<>();
        String page = path;
        while (page != null) {
            ServiceCaller.Answer response = caller(path).get(page);
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            response.json().get("value").forEach(item -> ids.add(item.get(id).asText()));
            JsonNode next = response.json().get("@odata.nextLink");
            page = next == null ? null : next.asText().substring(next.asText().indexOf('/', 8));
        }
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "alerts, /api/alerts, id, title, Crane",
        "machines, /api/machines, id, computerDnsName, tug-7.harbour.example",
        "machineActions, /api/machineactions, id, requestorComment, Fire drill",
        "indicators, /api/indicators, id, title, Known bad",
        "vulnerabilities, /api/vulnerabilities, id, description, Berths overflow",
        "machineVulnerabilities, /api/vulnerabilities/machinesVulnerabilities, id, productName, quay",
        "recommendations, /api/recommendations, id, recommendationName, Update the quay",
        "software, /api/Software, id, name, quay",
        "investigations, /api/investigations, id, statusDetails, Waiting",
        "libraryFiles, /api/libraryfiles, fileName, description, Counts berths",
        "securityAlerts, /v1.0/security/alerts_v2, id, recommendedActions, Close the gate",
        "securityIncidents, /v1.0/security/incidents, id, displayName, Harbour under attack",
        "incidents, /api/incidents, incidentId, incidentName, Harbour under attack"
    })
    void shouldAddChangeAndRemoveItemsOfEveryKind(String kind, String path, String idName, String member, String text) {
        TenantItems items = ENDPOINT.tenant().items(kind);
        int before = items.count();
        Map<String, @Nullable Object> given = new HashMap<>(Map.of(member, text));
        if (kind.equals("machineActions")) {
            given.put("machineId", ENDPOINT.tenant().machineId(0));
        } else if (kind.equals("libraryFiles")) {
            given.put("fileName", "berths.ps1");
        }

        String id = items.add(JsonValue.ofJava(given).json());

        assertThat(items.get(id)).containsEntry(member, text);
        assertThat(items.list()).hasSize(before + 1);
        assertThat(items.count()).isEqualTo(before + 1);
        assertThat(ids(path, idName)).hasSize(before + 1).contains(id);

        items.update(id, Map.of(member, text + " again"));
        assertThat(items.get(id)).containsEntry(member, text + " again");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> items.update(id, Map.of(idName, "1")))
                .withMessageContaining(idName);

        items.remove(id);
        assertThat(ids(path, idName)).hasSize(before).doesNotContain(id);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> items.get(id))
                .withMessageMatching("id must be the id of an? .*, was '.*'");

        String generated = String.valueOf(items.list().get(0).get(idName));
        items.remove(generated);
        assertThat(ids(path, idName)).hasSize(before - 1).doesNotContain(generated);
        assertThat(items.count()).isEqualTo(before - 1);
        assertThatIllegalArgumentException().isThrownBy(() -> items.remove(generated));
    }

    @Test
    void shouldTakeWhatItReturns() {
        for (String kind : ENDPOINT.tenant().kinds()) {
            TenantItems items = ENDPOINT.tenant().items(kind);
            Map<String, @Nullable Object> copy = new HashMap<>(items.list().get(1));
            copy.keySet().removeAll(List.of("id", "incidentId", "providerAlertId", "alerts", "indicatorValue"));
            if (kind.equals("libraryFiles")) {
                copy.put("fileName", "copy.ps1");
            } else if (kind.equals("software")) {
                copy.put("name", "copy");
            } else if (kind.equals("indicators")) {
                copy.put("indicatorType", "DomainName");
            }

            Map<String, @Nullable Object> added = items.get(items.add(copy));

            copy.forEach((name, value) ->
                    assertThat(json(added.get(name))).as(kind + " " + name).isEqualTo(json(value)));
        }
    }

    private static String json(@Nullable Object value) {
        return new String(Values.bytes(value), StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowAnAlertOfGraphInEveryApi() {
        Instant created = Instant.parse("2026-11-20T09:00:00.1234567Z");
        String id = ENDPOINT.tenant()
                .securityAlerts()
                .add(Map.of(
                        "title",
                        "Gate opened",
                        "severity",
                        "high",
                        "status",
                        "inProgress",
                        "createdDateTime",
                        created,
                        "evidence",
                        List.of(Map.of(
                                "@odata.type", "#microsoft.graph.security.ipEvidence", "ipAddress", "203.0.113.9"))));

        JsonNode graph = GRAPH.get("/v1.0/security/alerts_v2/" + id).json();
        assertThat(graph.get("severity").asText()).isEqualTo("high");
        assertThat(graph.get("evidence").get(0).get("ipAddress").asText()).isEqualTo("203.0.113.9");
        JsonNode endpoint = ENDPOINT.get("/api/alerts/" + id).json();
        assertThat(endpoint.get("severity").asText()).isEqualTo("High");
        assertThat(endpoint.get("status").asText()).isEqualTo("InProgress");
        assertThat(Instant.parse(endpoint.get("alertCreationTime").asText())).isEqualTo(created);

        GRAPH.patch("/v1.0/security/alerts_v2/" + id, "{\"status\":\"resolved\"}");
        assertThat(ENDPOINT.tenant().securityAlerts().get(id)).containsEntry("status", "resolved");
        assertThat(ENDPOINT.tenant().alerts().get(id)).containsEntry("status", "Resolved");
    }

    @Test
    void shouldConnectAlertsWithAnIncident() {
        Tenant tenant = ENDPOINT.tenant();
        String machine = tenant.machines().add(Map.of());
        String alert = tenant.alerts().add(Map.of("title", "Known before"));
        String id = tenant.incidents()
                .add(Map.of(
                        "incidentName",
                        "Storm",
                        "severity",
                        "Low",
                        "tags",
                        List.of("pier"),
                        "alerts",
                        List.of(
                                Map.of("alertId", alert),
                                Map.of("title", "New one", "devices", List.of(Map.of("mdatpDeviceId", machine))))));

        JsonNode xdr = XDR.get("/api/incidents/" + id).json();
        assertThat(xdr.get("alerts")).hasSize(2);
        assertThat(xdr.get("severity").asText()).isEqualTo("Low");
        JsonNode graph = GRAPH.get("/v1.0/security/incidents/" + id).json();
        assertThat(graph.get("displayName").asText()).isEqualTo("Storm");
        assertThat(graph.get("customTags").get(0).asText()).isEqualTo("pier");
        assertThat(ENDPOINT.get("/api/machines/" + machine + "/alerts").text()).contains("New one");
        assertThat(tenant.alerts().get(alert)).containsEntry("incidentId", Long.valueOf(id));
    }

    @Test
    void shouldConnectVulnerabilitiesWithDevices() {
        Tenant tenant = ENDPOINT.tenant();
        String cve = tenant.vulnerabilities().add(Map.of("id", "CVE-2026-0007", "severity", "Critical"));
        String machine = tenant.machines().add(Map.of("computerDnsName", "pilot.harbour.example"));
        tenant.machineVulnerabilities().add(Map.of("cveId", cve, "machineId", machine));

        assertThat(ENDPOINT.get("/api/vulnerabilities/" + cve)
                        .json()
                        .get("severity")
                        .asText())
                .isEqualTo("Critical");
        assertThat(ENDPOINT.get("/api/vulnerabilities/" + cve + "/machineReferences")
                        .json()
                        .get("value"))
                .hasSize(1)
                .first()
                .satisfies(reference -> assertThat(reference.get("id").asText()).isEqualTo(machine));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tenant.machineVulnerabilities().add(Map.of("cveId", cve, "machineId", "nowhere")))
                .withMessageContaining("must be the id of a machine, was 'nowhere'");
    }

    @Test
    void shouldRefuseWhatIsNotAnItem() {
        TenantItems alerts = ENDPOINT.tenant().alerts();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> alerts.add("{\"title\":"))
                .withMessageStartingWith("alert must be a JSON object: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alerts.add("[]"))
                .withMessageStartingWith("alert must be an object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alerts.add(5))
                .withMessageStartingWith("alert must be an object, was 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alerts.add("{\"titel\":\"x\"}"))
                .withMessageContaining("alert has no member titel; the nearest is title");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alerts.add("{\"title\":7}"))
                .withMessage("alert member title must be a text, was 7 (Long)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENDPOINT.tenant()
                        .indicators()
                        .add(Map.of("indicatorType", "IpAddress", "indicatorValue", "quay")))
                .withMessageContaining("indicatorValue");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENDPOINT.tenant().libraryFiles().add(Map.of()))
                .withMessage("library file member fileName must be given");
    }

    @Test
    void shouldMoveItsClock() {
        ServiceCaller caller = ServiceCaller.of(DefenderEmulator.builder()
                .size(20)
                .clock(new TestClock("2026-11-20T10:00:00Z"))
                .enforceQuotas(true)
                .actionPace(Duration.ofMinutes(1), Duration.ofMinutes(9)));
        EmulatorClock clock = caller.service().clock();
        Tenant tenant = caller.tenant();
        String machine = tenant.machineId(0);
        String action = caller.post("/api/machines/" + machine + "/collectInvestigationPackage", "{\"Comment\":\"c\"}")
                .json()
                .get("id")
                .asText();

        clock.advance(Duration.ofMinutes(10));

        assertThat(tenant.machineActions().get(action)).containsEntry("status", "Succeeded");
        String link = caller.get("/api/machineactions/" + action + "/GetPackageUri")
                .json()
                .get("value")
                .asText()
                .replace("\"", "");
        String target = link.substring(link.indexOf('/', 8));
        assertThat(caller.call("GET", target, "", Map.of()).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(31));
        assertThat(caller.call("GET", target, "", Map.of()).status()).isEqualTo(403);

        clock.advance(Duration.ofHours(1));
        assertThat(caller.get("/api/machines").status())
                .as("the token has expired")
                .isEqualTo(401);
        clock.setTime(Instant.parse("2026-11-20T10:00:30Z"));
        assertThat(caller.get("/api/machines").status()).isEqualTo(200);
        assertThat(clock.now()).isEqualTo("2026-11-20T10:00:30Z");
        assertThat(tenant.alerts().get(tenant.alerts().add(Map.of())))
                .containsEntry("alertCreationTime", Instant.parse("2026-11-20T10:00:30Z"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .withMessage("time must be >= PT0S, was PT-1S");

        int refused = 0;
        for (int i = 0; i < 120; i++) {
            refused += caller.get("/api/machines?$top=1").status() == 429 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        clock.advance(Duration.ofMinutes(1));
        assertThat(caller.get("/api/machines?$top=1").status()).isEqualTo(200);
    }
}
