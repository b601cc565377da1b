package io.github.defenderreactive.cli.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.client.Api;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OperationsCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldListEveryOperationOfTheDescription() throws IOException {
        CommandLineRun run = CommandLineRun.of("operations", "--output", "json");
        assertThat(run.exitCode()).isZero();
        Map<String, String> listed = new TreeMap<>();
        for (String line : run.lines()) {
            JsonNode row = JSON.readTree(line);
            listed.put(row.get("operation").textValue(), row.get("api").textValue());
            assertThat(row.get("source").textValue()).isNotEmpty();
        }
        assertThat(listed).isEqualTo(described()).hasSameSizeAs(run.lines());
    }

    @Test
    void shouldShowATableByDefault() throws IOException {
        CommandLineRun run = CommandLineRun.of("operations");
        assertThat(run.lines()).hasSize(described().size() + 1);
        assertThat(run.lines().get(0)).startsWith("operation").contains("api", "application", "quota");
        assertThat(run.out()).contains("/machineactions/{id}/GetLiveResponseResultDownloadLink(index={index})");
    }

    /** Returns the API of each operation in the bundles from which the code was generated. */
    private static Map<String, String> described() throws IOException {
        Map<String, String> described = new TreeMap<>();
        for (Api api : Api.values()) {
            try (InputStream bundle = OperationsCommandTest.class.getResourceAsStream(
                    "/META-INF/defender-reactive/" + api.id() + ".json")) {
                JSON.readTree(bundle)
                        .get("paths")
                        .forEach(path ->
                                path.findValuesAsText("operationId").forEach(id -> described.put(id, api.id())));
            }
        }
        return described;
    }
}
