package io.github.defenderreactive.cli.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.EmulatedService;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
                    .alerts()
                    .add(Map.of(
                            "title", "secret-title",
                            "severity", "Grave",
                            "berth", 7,
                            "moored", List.of("secret-value")));

            CommandLineRun run =
                    service.runSignedIn("drift", "report", "--limit", "60", "--overlay", overlay.toString());

            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
            assertThat(run.lines().stream().map(line -> line.replaceAll(" +", " ").strip()))
                    .contains(
                            "operation kind path count types values",
                            "listAlerts unknown member berth 1 whole number",
                            "listAlerts unknown member moored 1 list",
                            "listAlerts unknown value severity 1 Grave");
            assertThat(overlay).content().contains("""
                      - target: $.components.schemas.Alert
                        update:
                          properties:
                            'berth':
                              format: int64
                              type: integer
                              x-defender-documented: false
                            'moored':
                              items: {type: string}
                              type: array
                              x-defender-documented: false
                    """, """
                      - target: $.components.schemas.AlertSeverity
                        update:
                          enum:
                            - 'Grave'
                    """).doesNotContain("secret");

            CommandLineRun again = service.runSignedIn("drift", "report", "--overlay", overlay.toString());
            assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(again.err()).contains("--overlay must name a new file");
        }
    }

    @Test
    void shouldPrintMissingMembersOnRequest() throws IOException {
        String[] arguments = {
            "drift", "report", "--emulator", "--size", "20", "--api", "defender-xdr", "--output", "json"
        };

        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("3 ok", "0 failed", "0 differences");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);

        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--missing");
        assertThat(CommandLineRun.of(all.toArray(String[]::new)).out())
                .contains("\"kind\":\"never received\"")
                .doesNotContain("unknown");
    }

    @Test
    void shouldNameTheApisThatItKnows() {
        CommandLineRun run = CommandLineRun.of("drift", "report", "--emulator", "--api", "defender");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Unknown --api defender; use");
    }
}
