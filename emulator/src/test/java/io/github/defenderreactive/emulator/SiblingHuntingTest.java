package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.testing.TestClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hunting through the two other APIs: one engine, two spellings. */
class SiblingHuntingTest {

    private static final String GRAPH = "/v1.0/security/runHuntingQuery";

    private final TestClock clock = new TestClock("2026-11-01T00:00:00Z");
    private final ServiceCaller endpoint =
            ServiceCaller.of(DefenderEmulator.builder().size(2_000).clock(clock));
    private final ServiceCaller graph = endpoint.at(ServedApi.GRAPH_SECURITY);
    private final ServiceCaller xdr = endpoint.at(ServedApi.DEFENDER_XDR);

    private JsonNode hunt(String timespan) {
        return graph.post(
                        GRAPH,
                        "{\"Query\":\"AlertInfo | project Timestamp, AlertId\",\"Timespan\":\"" + timespan + "\"}")
                .json()
                .get("results");
    }

    @Test
    void shouldWriteSmallLettersInMicrosoftGraphAndCapitalsInDefenderXdr() {
        String query = "{\"Query\":\"AlertInfo | project AlertId, Timestamp | take 3\"}";
        JsonNode small = graph.post(GRAPH, query).json();
        JsonNode large = xdr.post("/api/advancedhunting/run", query).json();

        assertThat(small.at("/schema/0/name").asText()).isEqualTo("AlertId");
        assertThat(small.at("/schema/1/type").asText()).isEqualTo("DateTime");
        assertThat(large.at("/Schema/0/Name").asText()).isEqualTo("AlertId");
        assertThat(large.at("/Schema/1/Type").asText()).isEqualTo("DateTime");
        assertThat(large.has("Stats")).isTrue();
        assertThat(small.get("results").size()).isEqualTo(3);
        assertThat(small.get("results")).isEqualTo(large.get("Results"));
    }

    @Test
    void shouldAnnotateBooleansInMicrosoftGraphOnly() {
        String query = "{\"Query\":\"DeviceInfo | project DeviceId, IsAzureADJoined | take 20\"}";
        JsonNode small = graph.post(GRAPH, query).json().get("results");
        JsonNode large = xdr.post("/api/advancedhunting/run", query).json().get("Results");

        assertThat(small).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("IsAzureADJoined").asInt()).isBetween(0, 1);
            assertThat(row.get("IsAzureADJoined@odata.type").asText()).isEqualTo("#SByte");
            assertThat(row.has("DeviceId@odata.type")).isFalse();
        });
        assertThat(large).isNotEmpty().allSatisfy(row -> assertThat(row.size()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource({
        "P7D, 2026-10-25T00:00:00Z, 2026-11-01T00:00:00Z",
        "2026-10-20T00:00:00Z, 2026-10-20T00:00:00Z, 2026-11-01T00:00:00Z",
        "2026-10-10T00:00:00Z/2026-10-12T00:00:00Z, 2026-10-10T00:00:00Z, 2026-10-12T00:00:00Z",
        "P2D/2026-10-12T00:00:00Z, 2026-10-10T00:00:00Z, 2026-10-12T00:00:00Z",
        "2026-10-10T00:00:00Z/P2D, 2026-10-10T00:00:00Z, 2026-10-12T00:00:00Z"
    })
    void shouldLookAtTheTimespanOnly(String timespan, Instant begin, Instant end) {
        int expected = 0;
        for (JsonNode row : hunt("P30D")) {
            Instant time = Instant.parse(row.get("Timestamp").asText());
            expected += time.isBefore(begin) || time.isAfter(end) ? 0 : 1;
        }

        JsonNode rows = hunt(timespan);

        assertThat(rows.size()).isPositive().isEqualTo(expected);
        rows.forEach(
                row -> assertThat(Instant.parse(row.get("Timestamp").asText())).isBetween(begin, end));
    }

    @Test
    void shouldRefuseAWrongQueryOrTimespan() {
        ServiceCaller.Answer query = graph.post(GRAPH, "{\"Query\":\"Ships | take 1\"}");
        ServiceCaller.Answer span = graph.post(GRAPH, "{\"Query\":\"AlertInfo\",\"Timespan\":\"a week\"}");

        assertThat(query.status()).isEqualTo(400);
        assertThat(query.errorMessage()).contains("Ships");
        assertThat(query.json().at("/error/innerError/request-id").asText()).isNotEmpty();
        assertThat(span.status()).isEqualTo(400);
        assertThat(graph.post(GRAPH, "{\"query\":\"AlertInfo\"}").status()).isEqualTo(400);
    }
}
