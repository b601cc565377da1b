package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated past ends at the hour of the start, and is the same past at every hour. */
class GeneratedPastTest {

    private static ServiceCaller startedAt(String time) {
        return ServiceCaller.of(DefenderEmulator.builder().size(1_000).clock(new TestClock(time)));
    }

    private static List<String> ids(ServiceCaller caller) {
        return LongStream.range(0, caller.tenant().generatedAlerts())
                .mapToObj(caller.tenant()::alertId)
                .toList();
    }

    private static Instant time(ServiceCaller caller, String id, String member) {
        return (Instant) Objects.requireNonNull(caller.tenant().alerts().get(id).get(member));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T21:00:01Z, 2026-11-30T21:00:00Z",
        "2026-12-31T23:59:59.9999999Z, 2026-12-31T23:00:00Z",
        "2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2028-02-29T12:34:56Z, 2028-02-29T12:00:00Z",
        "2100-03-01T00:59:59Z, 2100-03-01T00:00:00Z",
        "1969-12-31T23:30:00Z, 1969-12-31T23:00:00Z"
    })
    void shouldEndThePastAtTheHourOfTheStart(String start, Instant hour) {
        ServiceCaller caller = startedAt(start);
        List<String> ids = ids(caller);
        String newest = ids.get(ids.size() - 1);

        assertThat(time(caller, newest, "alertCreationTime"))
                .isBefore(hour)
                .isAfter(hour.minus(Duration.ofDays(180).dividedBy(1_000)));
        assertThat(ids.stream().map(id -> time(caller, id, "lastUpdateTime")))
                .allSatisfy(updated -> assertThat(updated).isBeforeOrEqualTo(hour));
    }

    @Test
    void shouldGiveTheSameAlertsAtEveryHourButForTheirTimes() {
        ServiceCaller today = startedAt("2026-11-30T21:00:01Z");
        ServiceCaller later = startedAt("2028-02-29T00:59:59Z");
        Duration between =
                Duration.between(Instant.parse("2026-11-30T21:00:00Z"), Instant.parse("2028-02-29T00:00:00Z"));

        assertThat(ids(later)).isEqualTo(ids(today));
        for (String id : ids(today)) {
            Map<String, ?> alert = today.tenant().alerts().get(id);
            Map<String, ?> same = later.tenant().alerts().get(id);
            assertThat(same.get("title")).isEqualTo(alert.get("title"));
            assertThat(same.get("machineId")).isEqualTo(alert.get("machineId"));
            assertThat(same.get("alertCreationTime"))
                    .isEqualTo(((Instant) Objects.requireNonNull(alert.get("alertCreationTime"))).plus(between));
            assertThat(same.get("lastEventTime"))
                    .isEqualTo(((Instant) Objects.requireNonNull(alert.get("lastEventTime"))).plus(between));
        }
    }

    @Test
    void shouldFindGeneratedAndAddedAlertsByTheirIds() {
        ServiceCaller caller = startedAt("2030-06-15T10:20:30Z");
        String added = caller.tenant().alerts().add(Map.of("title", "Crane moved by nobody"));

        for (String id : List.of(caller.tenant().alertId(0), caller.tenant().alertId(999), added)) {
            assertThat(caller.get("/api/alerts/" + id).json().get("id").asText())
                    .isEqualTo(id);
        }
        assertThat(caller.get("/api/alerts/da1_1").status()).isEqualTo(404);
        assertThat(caller.get("/api/alerts/da9223372036854775807_1").status()).isEqualTo(404);
        assertThat(caller.get("/api/alerts/da-9223372036854775808_1").status()).isEqualTo(404);
    }

    /** Hunting looks 30 days back from the clock. */
    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-30T21:00:01Z", "2026-12-31T23:59:59Z", "2028-02-29T00:00:00Z", "2038-01-19T03:14:08Z"})
    void shouldHaveAlertsToHuntWhateverTheDate(String start) {
        ServiceCaller graph = startedAt(start).at(ServedApi.GRAPH_SECURITY);

        assertThat(graph.post("/v1.0/security/runHuntingQuery", "{\"Query\":\"AlertInfo | take 3\"}")
                        .json()
                        .get("results"))
                .hasSize(3);
    }
}
