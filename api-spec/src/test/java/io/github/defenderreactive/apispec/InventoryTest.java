package io.github.defenderreactive.apispec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bundle against a table that was written from the documentation, not from the description. */
class InventoryTest {

    @ParameterizedTest
    @MethodSource("io.github.defenderreactive.apispec.Bundle#apis")
    void shouldDescribeExactlyTheOperationsOfTheTable(String api) throws IOException {
        List<String> table = new String(
                        InventoryTest.class
                                .getResourceAsStream("/operations/" + api + ".tsv")
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();

        assertThat(table).isNotEmpty();
        assertThat(Bundle.load(api).operations().values())
                .extracting(InventoryTest::row)
                .containsExactlyInAnyOrderElementsOf(table);
    }

    private static String row(Operation operation) {
        JsonNode permissions = operation.node().path("x-defender-permissions");
        JsonNode quota = operation.node().path("x-defender-quota");
        return String.join(
                "\t",
                operation.id(),
                operation.method(),
                operation.path(),
                list(permissions.path("application")),
                list(permissions.path("delegated")),
                quota.path("perMinute").asText("-"),
                quota.path("perHour").asText("-"));
    }

    private static String list(JsonNode values) {
        return values.isEmpty()
                ? "-"
                : String.join(
                        ",",
                        StreamSupport.stream(values.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList());
    }
}
