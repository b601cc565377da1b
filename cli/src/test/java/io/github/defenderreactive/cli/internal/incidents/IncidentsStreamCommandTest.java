package io.github.defenderreactive.cli.internal.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentsStreamCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Three alerts form an incident; the pages have 50 or 100 incidents. */
    @ParameterizedTest
    @CsvSource({"graph,id", "xdr,incidentId"})
    void shouldPrintEveryIncidentOnce(String api, String id) throws IOException {
        CommandLineRun run = CommandLineRun.of("incidents", "stream", "--emulator", "--size", "900", "--api", api);
        Set<String> ids = new HashSet<>();
        for (String line : run.lines()) {
            ids.add(JSON.readTree(line).get(id).asText());
        }
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(ids).hasSize(300).hasSameSizeAs(run.lines());
    }

    @Test
    void shouldPrintAlertsOfMicrosoftGraph() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "alerts",
                "stream",
                "--emulator",
                "--size",
                "50",
                "--api",
                "graph",
                "--filter",
                "severity eq 'high'",
                "--limit",
                "3");
        assertThat(run.lines()).hasSize(3);
        for (String line : run.lines()) {
            assertThat(JSON.readTree(line).get("severity").asText()).isEqualTo("high");
        }
    }

    @Test
    void shouldRefuseAnExpansionThatTheApiDoesNotHave() {
        CommandLineRun run =
                CommandLineRun.of("alerts", "stream", "--emulator", "--api", "graph", "--expand", "evidence");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--expand requires --api endpoint");
    }
}
