package io.github.defenderreactive.emulator.internal.hunting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.ServiceCaller;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hunting over calls. */
class HuntingOperationsTest {

    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(20_000).clock(new TestClock("2026-11-20T10:00:00Z")));

    private ServiceCaller.Answer run(String query) {
        return caller.post("/api/advancedqueries/run", "{\"Query\":\"" + query + "\"}");
    }

    @Test
    void shouldAnswerColumnsAndRows() {
        JsonNode answer = run("DeviceInfo | project Timestamp, DeviceName, IsAzureADJoined | limit 2")
                .json();
        List<String> members = new ArrayList<>();
        answer.fieldNames().forEachRemaining(members::add);

        assertThat(members).as("no metadata link").containsExactly("Schema", "Results");
        assertThat(answer.get("Schema").toString())
                .isEqualTo(
                        "[{\"Name\":\"Timestamp\",\"Type\":\"DateTime\"},{\"Name\":\"DeviceName\",\"Type\":\"String\"},"
                                + "{\"Name\":\"IsAzureADJoined\",\"Type\":\"SByte\"}]");
        assertThat(answer.get("Results")).hasSize(2).allMatch(row -> row.size() == 3);
    }

    @Test
    void shouldAnswerNoRows() {
        assertThat(run("AlertInfo | take 0").json().get("Results")).isEmpty();
    }

    @Test
    void shouldAnswerInPieces() {
        JsonNode answer = run("AlertEvidence").json();

        assertThat(answer.get("Results").size())
                .isEqualTo(run("AlertEvidence | count")
                        .json()
                        .at("/Results/0/Count")
                        .asInt())
                .isGreaterThan(1_000);
    }

    @Test
    void shouldNameWhatIsWrong() {
        ServiceCaller.Answer answer = run("DeviceInfo | where");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("BadRequest");
        assertThat(answer.errorMessage()).isEqualTo("Query: expected a column, found the end");
    }

    @Test
    void shouldNotTakeAQueryForWrongThatItDoesNotSupport() {
        ServiceCaller.Answer endpoint = run("DeviceInfo | render piechart");
        ServiceCaller.Answer graph = caller.at(ServedApi.GRAPH_SECURITY)
                .post("/v1.0/security/runHuntingQuery", "{\"Query\":\"DeviceInfo | render piechart\"}");
        ServiceCaller.Answer xdr = caller.at(ServedApi.DEFENDER_XDR)
                .post("/api/advancedhunting/run", "{\"Query\":\"DeviceInfo | render piechart\"}");

        for (ServiceCaller.Answer answer : List.of(endpoint, graph, xdr)) {
            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.errorCode()).isEqualTo("NotImplemented");
            assertThat(answer.errorMessage())
                    .isEqualTo("Query: the emulator does not support operator 'render'. The query may be right;"
                            + " tenant().hunting(query, rows) gives its rows");
        }
        assertThat(graph.json().at("/error/innerError/request-id").asText()).isNotEmpty();
    }

    @Test
    void shouldTakeTheQueryWithACapitalOnly() {
        ServiceCaller.Answer answer = caller.post("/api/advancedqueries/run", "{\"query\":\"DeviceInfo\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorMessage()).contains("names are case-sensitive, it is Query");
    }

    @Test
    void shouldRefuseAnAnswerThatIsTooLarge() {
        HuntingColumn column = HuntingColumn.text("Text");
        Row row = new Entity().with("Text", "x".repeat(1_000));
        HuntingResult many = new HuntingResult(List.of(column), Stream.generate(() -> row));

        assertThatThrownBy(() -> new HuntingBody(
                        new GivenHunting(), many, "Schema", (out, each) -> out.string(each.name()), "Results"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("Query execution has exceeded the allowed result size.");
    }

    @Test
    void shouldCountCallsAgainstTheQuota() {
        ServiceCaller limited = ServiceCaller.of(
                DefenderEmulator.builder().enforceQuotas(true).clock(new TestClock("2026-11-20T10:00:00Z")));
        ServiceCaller.Answer last = null;
        for (int i = 0; i < 46; i++) {
            last = limited.post("/api/advancedqueries/run", "{\"Query\":\"DeviceInfo | take 1\"}");
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.errorCode()).isEqualTo("429");
        assertThat(last.errorMessage()).contains("45 per 00:01:00");
    }
}
