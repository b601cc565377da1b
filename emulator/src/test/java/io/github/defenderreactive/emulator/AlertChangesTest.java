package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alerts that change, through the API and through the tenant. */
class AlertChangesTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00.1234567Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(300).clock(clock));
    private final String id = caller.tenant().alertId(7);

    @Test
    void shouldKeepAnUpdateAndMoveTheUpdateTime() {
        JsonNode before = caller.get("/api/alerts/" + id).json();

        JsonNode answered = caller.patch(
                        "/api/alerts/" + id,
                        "{\"status\":\"Resolved\",\"assignedTo\":\"me@harbour.example\",\"classification\":\"TruePositive\","
                                + "\"determination\":\"Malware\",\"comment\":\"first\"}")
                .json();
        clock.advance(Duration.ofMinutes(1));
        caller.patch("/api/alerts/" + id, "{\"comment\":\"second\"}");
        JsonNode after = caller.get("/api/alerts/" + id).json();

        assertThat(answered.get("lastUpdateTime").asText()).isEqualTo("2026-11-20T10:00:00.1234567Z");
        assertThat(after.get("lastUpdateTime").asText()).isEqualTo("2026-11-20T10:01:00.1234567Z");
        assertThat(after.get("resolvedTime").asText()).isNotEmpty();
        assertThat(after.get("status").asText()).isEqualTo("Resolved");
        assertThat(after.get("comments")).hasSize(2);
        assertThat(after.get("comments").get(1).get("comment").asText()).isEqualTo("second");
        assertThat(after.get("comments").get(1).get("createdTime").asText()).isEqualTo("2026-11-20T10:01:00.1234567Z");
        assertThat(after.get("alertCreationTime")).isEqualTo(before.get("alertCreationTime"));
        assertThat(after.get("evidence")).isEqualTo(before.get("evidence"));
    }

    @Test
    void shouldReopenAResolvedAlert() {
        caller.patch("/api/alerts/" + id, "{\"status\":\"Resolved\"}");
        JsonNode open =
                caller.patch("/api/alerts/" + id, "{\"status\":\"New\"}").json();

        assertThat(open.get("resolvedTime").isNull()).isTrue();
    }

    @Test
    void shouldUpdateManyAtOnceOrNoneAtAll() {
        String other = caller.tenant().alertId(8);

        ServiceCaller.Answer good = caller.post(
                "/api/alerts/batchUpdate",
                "{\"alertIds\":[\"" + id + "\",\"" + other + "\"],\"status\":\"InProgress\",\"comment\":\"both\"}");
        ServiceCaller.Answer bad = caller.post(
                "/api/alerts/batchUpdate", "{\"alertIds\":[\"" + id + "\",\"da1_2\"],\"status\":\"Resolved\"}");

        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body()).isEmpty();
        assertThat(bad.status()).isEqualTo(404);
        assertThat(caller.tenant().alerts().get(id).get("status")).isEqualTo("InProgress");
        assertThat(caller.tenant().alerts().get(other).get("status")).isEqualTo("InProgress");
    }

    @Test
    void shouldCreateAnAlertByReferenceAndMergeTheSecond() {
        String machine = caller.tenant().machineId(2);
        String body = "{\"machineId\":\"" + machine + "\",\"severity\":\"Low\",\"title\":\"Odd print job\","
                + "\"description\":\"d\",\"recommendedAction\":\"r\",\"eventTime\":\"2026-11-19T08:00:00.1234567Z\","
                + "\"reportId\":\"20776\",\"category\":\"Exploit\"}";

        ServiceCaller.Answer first = caller.post("/api/alerts/CreateAlertByReference", body);
        clock.advance(Duration.ofMinutes(5));
        ServiceCaller.Answer second = caller.post("/api/alerts/createalertbyreference", body);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().get("firstEventTime").asText()).isEqualTo("2026-11-19T08:00:00.1234567Z");
        assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(caller.get("/api/alerts?$top=1")
                        .json()
                        .get("value")
                        .get(0)
                        .get("title")
                        .asText())
                .isEqualTo("Odd print job");
        assertThat(caller.get("/api/machines/" + machine + "/alerts").json().get("value"))
                .anyMatch(alert -> alert.get("title").asText().equals("Odd print job"));
    }

    @Test
    void shouldAnswerNotFoundInTheServicesForm() {
        ServiceCaller.Answer answer = caller.get("/api/alerts/da637308392288907382_-880718168");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("ResourceNotFound");
        assertThat(answer.errorMessage()).contains("da637308392288907382_-880718168");
        assertThat(answer.json().get("error").get("target").asText()).matches("[0-9a-f-]{36}");
        assertThat(caller.get("/api/alerts/nonsense").status()).isEqualTo(404);
    }

    @Test
    void shouldFindEveryGeneratedAlertById() {
        for (int i = 0; i < 300; i++) {
            String each = caller.tenant().alertId(i);
            assertThat(caller.tenant().alerts().get(each)).containsEntry("id", each);
        }
    }

    @Test
    void shouldTieAlertsToExistingDevicesOnBothSides() {
        int counted = 0;
        for (int i = 0; i < caller.tenant().machines().count(); i++) {
            String machine = caller.tenant().machineId(i);
            JsonNode alerts =
                    caller.get("/api/machines/" + machine + "/alerts").json().get("value");
            alerts.forEach(alert -> assertThat(alert.get("machineId").asText()).isEqualTo(machine));
            assertThat(caller.get("/api/machines/" + machine + "/alerts/$count").text())
                    .isEqualTo(Integer.toString(alerts.size()));
            counted += alerts.size();
        }

        assertThat(counted).isEqualTo(300);
        JsonNode device = caller.get("/api/alerts/" + id + "/machine").json();
        assertThat(device.get("computerDnsName").asText())
                .isEqualTo(caller.tenant().alerts().get(id).get("computerDnsName"));
    }

    @Test
    void shouldCountAlertsOfADeviceUnderAFilter() {
        String machine = caller.tenant().machineId(4);
        JsonNode alerts =
                caller.get("/api/machines/" + machine + "/alerts").json().get("value");
        int open = 0;
        for (JsonNode alert : alerts) {
            open += alert.get("status").asText().equals("Resolved") ? 0 : 1;
        }

        ServiceCaller.Answer answer = caller.get(
                "/api/machines/" + machine + "/alerts/$count?$filter=" + ServiceCaller.encode("status ne 'Resolved'"));

        assertThat(answer.text()).isEqualTo(Integer.toString(open));
    }

    @Test
    void shouldRefuseChangesThatTheServiceNeverMakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant().alerts().update(id, Map.of("alertCreationTime", Instant.EPOCH)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant().alerts().update(id, Map.of("colour", "red")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant().alerts().get("da1_2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caller.tenant().alerts().add(Map.of("machineId", "nowhere")));
    }
}
