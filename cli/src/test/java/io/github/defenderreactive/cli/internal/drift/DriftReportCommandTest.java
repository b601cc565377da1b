package io.github.defenderreactive.cli.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftReportCommandTest {

    @TempDir
    Path folder;

    @Test
    void shouldReportAndProposeWhatTheDescriptionLacks() throws IOException {
        Path overlay = folder.resolve("drift.overlay.yaml");
        try (EmulatedService service = new EmulatedService(DefenderEmulator.builder())) {
            service.withSecret("secret-title", "secret-value");
            service.emulator()
                    .tenant()
                    .allowingUnknown()
                    .incidents()
                    .add(Map.of(
                            "incidentName",
                            "secret-title",
                            "severity",
                            "Grave",
                            "berth",
                            7,
                            "moored",
                            List.of("secret-value")));

            String[] arguments = {"drift", "report", "--api", "defender-xdr", "--overlay", overlay.toString()};

            CommandLineRun run = service.runSignedIn(arguments);

            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
            assertThat(run.lines().stream()
                            .map(line -> line.replaceAll(" +", " ").strip()))
                    .contains(
                            "operation kind path count types values",
                            "listIncidents unknown member berth 1 whole number",
                            "listIncidents unknown member moored 1 list",
                            "listIncidents unknown value severity 1 Grave");
            assertThat(overlay).content().contains("""
                      - target: $.components.schemas.Incident
                        update:
                          properties:
                            'berth':
                              format: int64
                              type: integer
                              x-defender-source: observed
                            'moored':
                              items: {type: string}
                              type: array
                              x-defender-source: observed
                    """, """
                      - target: $.components.schemas.IncidentSeverity
                        update:
                          enum:
                            - 'Grave'
                    """).doesNotContain("secret");

            CommandLineRun missing =
                    service.runSignedIn("drift", "report", "--api", "defender-xdr", "--missing", "--output", "json");
            assertThat(missing.lines()).anyMatch(line -> line.contains("\"kind\":\"never received\""));
            assertThat(missing.err()).contains("3 ok", "0 failed");

            CommandLineRun again = service.runSignedIn(arguments);
            assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(again.err()).contains("--overlay must name a new file");
        }
    }

    @Test
    void shouldNameTheApisThatItKnows() {
        CommandLineRun run = CommandLineRun.of("drift", "report", "--emulator", "--api", "defender");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Unknown --api defender; use");
    }
}
