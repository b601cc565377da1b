package io.github.defenderreactive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldListEveryOperationOfTheDescription() throws IOException {
        List<String> described = new ArrayList<>();
        try (InputStream bundle =
                getClass().getResourceAsStream("/META-INF/defender-reactive/defender-endpoint.json")) {
            JSON.readTree(bundle)
                    .get("paths")
                    .forEach(path -> path.forEach(operation -> {
                        if (operation.has("operationId")) {
                            described.add(operation.get("operationId").textValue());
                        }
                    }));
        }
        assertThat(described).hasSize(41);

        CommandLineRun run = CommandLineRun.of("operations", "--output", "json");
        assertThat(run.exitCode()).isZero();
        List<String> listed = new ArrayList<>();
        for (String line : run.lines()) {
            JsonNode row = JSON.readTree(line);
            listed.add(row.get("operation").textValue());
            assertThat(row.get("source").textValue()).isNotEmpty();
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void shouldShowATableByDefault() {
        CommandLineRun run = CommandLineRun.of("operations");
        assertThat(run.lines()).hasSize(42);
        assertThat(run.lines().get(0)).startsWith("operation").contains("application", "quota");
        assertThat(run.out()).contains("/machineactions/{id}/GetLiveResponseResultDownloadLink(index={index})");
    }
}
