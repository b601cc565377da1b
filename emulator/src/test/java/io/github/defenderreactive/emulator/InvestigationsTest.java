package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Investigations belong to the alerts that triggered them. */
class InvestigationsTest {

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(400).clock(clock));

    private List<JsonNode> list(String query) {
        ServiceCaller.Answer answer = caller.get("/api/investigations" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<JsonNode> rows = new ArrayList<>();
        answer.json().get("value").forEach(rows::add);
        return rows;
    }

    private List<JsonNode> filtered(String filter) {
        return list("?$filter=" + ServiceCaller.encode(filter));
    }

    @Test
    void shouldHaveOneForEveryAlertThatNamesOne() {
        List<JsonNode> rows = list("");

        assertThat(rows).isNotEmpty();
        for (JsonNode row : rows) {
            Map<String, ?> alert =
                    caller.tenant().alerts().get(row.get("triggeringAlertId").asText());
            assertThat(row.get("id").isTextual()).isTrue();
            assertThat(String.valueOf(alert.get("investigationId")))
                    .isEqualTo(row.get("id").asText());
            assertThat(alert.get("machineId")).isEqualTo(row.get("machineId").asText());
            assertThat(alert.get("investigationState"))
                    .isEqualTo(row.get("state").asText());
            assertThat(row.get("endTime").isNull())
                    .isEqualTo(List.of("Running", "PendingApproval")
                            .contains(row.get("state").asText()));
        }
        long named = 0;
        for (long i = 0; i < caller.tenant().generatedAlerts(); i++) {
            named += caller.tenant().alerts().get(caller.tenant().alertId(i)).get("investigationId") == null ? 0 : 1;
        }
        assertThat(rows).hasSize((int) named);
    }

    @Test
    void shouldFindOneByItsIdAndByItsAlert() {
        JsonNode row = list("?$top=1").get(0);

        JsonNode byId =
                caller.get("/api/investigations/" + row.get("id").asText()).json();
        JsonNode byAlert = caller.get(
                        "/api/investigations/" + row.get("triggeringAlertId").asText())
                .json();
        assertThat(byId).isEqualTo(byAlert);
        assertThat(byId.get("@odata.context").asText()).endsWith("#Investigations/$entity");
        assertThat(caller.get("/api/investigations/1").status()).isEqualTo(404);
        assertThat(caller.get("/api/investigations/nothing").status()).isEqualTo(404);
    }

    @Test
    void shouldFilter() {
        List<JsonNode> all = list("");
        JsonNode one = all.get(all.size() / 2);

        assertThat(filtered("id eq '" + one.get("id").asText() + "'")).containsExactly(one);
        assertThat(filtered(
                        "triggeringAlertId eq '" + one.get("triggeringAlertId").asText() + "'"))
                .containsExactly(one);
        assertThat(filtered("machineId eq '" + one.get("machineId").asText() + "'"))
                .contains(one);
        assertThat(filtered("startTime ge " + one.get("startTime").asText()))
                .containsExactlyElementsOf(all.subList(0, all.size() / 2 + 1));
        assertThat(filtered("state eq 'Running'"))
                .containsExactlyElementsOf(all.stream()
                        .filter(row -> row.get("state").asText().equals("Running"))
                        .toList());
    }

    @Test
    void shouldShowTheOneThatWasStarted() {
        JsonNode started = caller.post(
                        "/api/machines/" + caller.tenant().machineId(2) + "/startInvestigation",
                        "{\"Comment\":\"odd\"}")
                .json();
        JsonNode read =
                caller.get("/api/investigations/" + started.get("id").asText()).json();

        assertThat(read).isEqualTo(started);
        assertThat(list("").get(0).get("id")).isEqualTo(started.get("id"));
        assertThat(read.get("state").asText()).isEqualTo("Running");
        caller.tenant()
                .alerts()
                .update(started.get("triggeringAlertId").asText(), Map.of("investigationState", "Benign"));
        assertThat(caller.get("/api/investigations/" + started.get("id").asText())
                        .json()
                        .get("endTime")
                        .isNull())
                .isFalse();
    }
}
